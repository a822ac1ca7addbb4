"""What tells of a person: patterns shared by the door and the privacy gate.

A column names the senders of its rows only if nearly every cell is another
one's; what stands in many rows (``anonymous``, an operator, a class) is nobody's
name, and a first name or a network's address is many people's.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from ecrm_helpers.answers.words import WORDS
from ecrm_helpers.printed import keyed
from ecrm_helpers.study import plain

EMAIL = re.compile(r"[\w.%+'’-]{1,64}@(?:[\w-]+\.)+[^\W\d_]{2,}")
#: An address as people write or say it, so that programs do not see it.
_SPELT = re.compile(
    r"[\w.%+'’-]{1,64}\s?(?:[@＠﹫]|[(\[](?:at|à|arobase|chez)[)\]])\s?[\w-]+"
    r"(?:\s?(?:[.．。]|[(\[](?:dot|point)[)\]])\s?[\w-]+)+"
    r"|[\w.-]{1,64}\s(?:arobase(?:\s[\w-]+){1,5}?\spoint|at(?:\s[\w-]+){1,5}?\sdot)\s[\w-]+",
    re.IGNORECASE,
)
#: What stands between two digits of a number.
_GAP = r"[\s.()/_·‐-―-]"
#: A number of any country in a text: nine digits or more that are no date, four
#: pairs of digits, or six digits and more where a word says what they are.
_NUMBER = re.compile(
    r"(?<![\w.,])(?!\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}(?!\d))"
    rf"(?:\+|00)?[\s(]{{0,2}}\d(?:{_GAP}{{0,3}}\d){{8,33}}(?!\w)"
    rf"|(?<![\w.,])\d\d({_GAP})\d\d(?:\1\d\d){{2}}(?![\w.,/]\d|\w)"
    r"|\b(?i:t[ée]l(?:[ée]phone)?|phone|mobile|portable|gsm|whats\s?app|num[ée]ro"
    rf"|number)\b[\s.:]*(?i:est|is|c[’']est)?[\s:(]*\+?\d(?:{_GAP}{{0,3}}\d){{5,}}(?!\w)"
)
#: Algeria: +213 or 00213 and 8 or 9 digits; at home 05, 06 or 07 and 8 digits,
#: run together or grouped with one separator throughout, so that no date fits.
#: Other countries: + and digits in groups.
PHONE = re.compile(
    r"""(?<!\w)(?<!\d\.)(?:
        (?:\+|00)\s?213(?:[\s.()/-]{0,3}\d){8,9}
      | \+[1-9]\d{0,2}(?:[\s.()/-]{1,3}\d{1,4}){3,6}
      | 0[567](?:\d{8}
          | (?P<a>[\s./-])\d\d(?:(?P=a)\d\d){3}
          | (?P<b>[\s./-])\d\d(?P=b)\d{3}(?P=b)\d{3}
          | \d\d(?P<c>[\s./-])\d\d(?:(?P=c)\d\d){2}
          | \d\d(?P<d>[\s./-])\d{3}(?P=d)\d{3})
    )(?!\w|\.\d)""",
    re.VERBOSE,
)
#: Header cells as exports write them, once `plain`.
COLUMNS = {
    key: re.compile("|".join(WORDS[key]))
    for key in keyed(
        "privacy_column_", "privacy_column_names privacy_column_moments"
    ).values()
}
#: The same, met anywhere in the header of a column that is no question.
LOOSELY = re.compile(
    r"\b(?:noms?|prenoms?|name|surname|e ?mail|mail|courriel|telephone|phone|mobile"
    r"|adresse|address|ip)\b"
)


#: A name as it is written: words with a capital, and what stands between them.
_WORD = r"(?:[DLNO][’'])?[A-ZÀ-ÖØ-ÞŁŚŞĞİČŠŽŒ][\w-]*\w"
_NEXT = rf"(?:[^\S\n]+(?:(?i:el|al|ben|ibn|bin|bint|a[iï]t|van|von|der)\s+)?{_WORD})"
#: Where a text says that a name follows.
_CALLED = re.compile(
    r"\b(?:(?:M|MM|Ms|Miss|Dr|Pr|(?i:mme|mlle|mr|mrs))\b\.?|(?i:monsieur|madame"
    r"|mademoiselle|docteur|professeur|professor|je (?:me (?:pré)?nomme|suis"
    r"|m[’']appelle)|s[’']appelle|moi[, ]+c[’']est|appelez[ -]moi|mon (?:pré)?nom"
    r" (?:est|c[’']est)|(?:pré)?nommée?|my name is|name[’']s|I am|I[’']m"
    r"|call(?:ed)? me|named))"
    rf"\s+(?P<name>{_WORD}{_NEXT}*)"
)
_SEVERAL = re.compile(rf"\b{_WORD}{_NEXT}+")
#: Where someone lives, or is found: streets, pages and what one is called there.
_LINK = r"(?:(?:d[eu]s?|l[ae]s?|el)\b|\d\w*|(?:[dl][’'])?" + _WORD + ")"
_PLACE = re.compile(
    r"\b\d{1,4}\s?(?:bis|ter|[A-D])?,?\s+(?i:rue|av(?:enue|\.)|boulevard|bd\.?"
    r"|place|chemin|impasse|all[ée]e|route|quai|cit[ée]|lotissement|r[ée]sidence)"
    rf"(?=[^,;.\n]{{0,40}}\s(?:[dl][’'])?{_WORD})(?:\s+{_LINK}){{1,8}}(?:,?\s+\d{{4,5}}\s+{_WORD})?"
    rf"|\b\d{{1,4}}[A-D]?\s+(?:{_WORD}\s+){{1,3}}(?:Street|Road|Avenue|Lane|Drive)\b"
    r"|(?:https?://|\bwww\.)\S+|\b(?:[\w-]{1,63}\.){1,3}[a-z]{2,9}/[^\s/]\S*"
    r"|(?<![\w@.])@\w[\w.-]{2,}"
)
#: Words that have a capital at the head of a sentence, or before a name.
_OPENING = {*WORDS["opening"]}


def names_told(texts: Iterable[str], known: str = "") -> list[str]:
    """List the names of persons that texts give away, the longest first.

    What follows a title or "my name is", and words with a capital side by side;
    then every such word wherever it stands. A word that stands in small letters
    elsewhere, one of an author's own (a codebook's), and an abbreviation are no
    names. A first name that always stands alone, and one without a capital, are
    not recognised; a firm or a town of two words is taken for a name.

    Parameters
    ----------
    texts : iterable of str
        All that was said: the more there is, the better common words are known.
    known : str
        What an author writes, where no person is named.

    Examples
    --------
    >>> names_told(["Avec Karim Zzyx. Karim dit que Mme Abcd vend du CRM."])
    ['Karim Zzyx', 'Karim', 'Abcd', 'Zzyx']
    """
    whole = "\n".join(texts)
    common = {word for word in re.findall(r"[^\W\d_]+", whole) if word.islower()}
    common |= _OPENING
    known_words = set(re.findall(r"[\w-]+", known))

    def may_be(word: str) -> bool:
        plainly = word.casefold() in common or word in known_words
        return len(word) > 2 and not plainly and not (word.isupper() and len(word) < 5)

    found = {match["name"] for match in _CALLED.finditer(whole)}
    for match in _SEVERAL.finditer(whole):
        words = match[0].split()
        first = next((i for i, word in enumerate(words) if may_be(word)), len(words))
        if len(words) - first > 1:
            found.add(" ".join(words[first:]))
    found = {name for name in found if any(map(may_be, name.split()))}
    parts = {part for name in found for part in name.split() if may_be(part)}
    return sorted(found | parts, key=lambda name: (-len(name), name))


def mask(text: str, names: Sequence[str], found: Counter[str]) -> str:
    """Put dots, as long as they are, in place of names, addresses and numbers.

    Parameters
    ----------
    text : str
        So long is what is returned: places in it stay what they were.
    names : sequence of str
        As `names_told` lists them.
    found : Counter
        What is masked is counted here.

    Examples
    --------
    >>> mask("Avec Karim !", ["Karim"], Counter())
    'Avec [………] !'
    """

    def hide(match: re.Match[str]) -> str:
        found[match[0].strip()] += 1
        return f"[{'…' * (len(match[0]) - 2)}]"

    either = "|".join(r"\s+".join(map(re.escape, name.split())) for name in names)
    named = re.compile(rf"\b(?:{either})\b")
    for pattern in (EMAIL, _SPELT, PHONE, _NUMBER, _PLACE, *([named] if names else [])):
        text = pattern.sub(hide, text)
    return text


def without_persons(text: str) -> str:
    """Take addresses, telephone numbers and names that are told as such out of a text.

    Examples
    --------
    >>> without_persons("by mail: someone@example.org")
    'by mail: […]'
    >>> without_persons("someone (at) example.org, +33 6 12 34 56 78, on 12/05/2024")
    '[…], […], on 12/05/2024'
    >>> without_persons("je suis Karim Zzyx")
    'je suis […]'
    """
    called = [match["name"] for match in _CALLED.finditer(text)]
    return re.sub("\\[…+\\]", "[…]", mask(text, called, Counter()))


#: So many rows one person may send before the text is nobody's name, and the
#: share of different texts that makes a column one of persons.
_OFTEN, _UNIQUE = 3, 0.8
_NAMED = re.compile(r"\b(?:noms?|prenoms?|name|surname)\b")
_IP = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|[\da-fA-F]{0,4}(?::[\da-fA-F]{0,4}){2,7}")


def sender_kind(header: str, cells: Sequence[str]) -> str:
    """Tell what a column says of its senders.

    Parameters
    ----------
    header : str
        As `plain` writes it.
    cells : sequence of str
        Those that hold something.

    Returns
    -------
    {"address", "name", "personal", ""}
        ``personal`` is kept out of the answers and tells no senders apart: an
        address of a network, a first name, a text that many rows share.

    Examples
    --------
    >>> sender_kind("e mail", ["a@example.org", "b@example.org"])
    'address'
    >>> sender_kind("operateur mobile", ["Ooredoo", "Djezzy", "Ooredoo", "Ooredoo"])
    'personal'
    """
    texts = [_key(cell) for cell in cells]
    real = _real(texts)
    unique = len(set(real)) >= _UNIQUE * len(real)
    addresses = sum(_is_address(cell) for cell in cells)
    if cells and 2 * addresses >= len(cells):
        return "address" if unique else "personal"
    if cells and all(_IP.fullmatch(cell) for cell in cells):
        return "personal"
    if real and unique and _NAMED.search(header):
        return "name"
    return "personal" if addresses or LOOSELY.search(header) else ""


def _is_address(cell: str) -> bool:
    return bool(EMAIL.search(cell) or PHONE.search(cell))


def _key(cell: str) -> str:
    """Write an address with its signs, which tell it apart, a name without."""
    return cell.strip().casefold() if _is_address(cell) else plain(cell)


def _real(texts: Sequence[str]) -> list[str]:
    """Leave out what too many rows share to be one person's."""
    times = Counter(texts)
    return [text for text in texts if text and times[text] <= _OFTEN]


def senders(
    rows: Sequence[Sequence[str]], columns: Mapping[int, str]
) -> pd.Series | None:
    """Name who sent each row: by an address, else by a name of two words or more.

    Parameters
    ----------
    rows : sequence of sequence of str
        The file's cells.
    columns : mapping of int to {"address", "name"}
        The columns that tell of senders.

    Returns
    -------
    Series of str, or None
        Empty where nobody is named; None where no column tells.

    Examples
    --------
    >>> list(senders([["Ana", "Ait"], ["Ana", ""]], {0: "name", 1: "name"}))
    ['ana ait', '']
    """
    if not columns:
        return None
    addresses = [p for p, kind in columns.items() if kind == "address"]
    names = [p for p, kind in columns.items() if kind == "name"]
    told = []
    for row in rows:
        address = " ".join(_key(row[p]) for p in addresses if _is_address(row[p]))
        name = " ".join(plain(row[p]) for p in names).strip()
        told.append(address or (name if " " in name else ""))
    real = set(_real(told))
    return pd.Series([text if text in real else "" for text in told], dtype="object")
