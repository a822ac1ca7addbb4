"""A phrase in French or in English: every word of the package comes from here.

`speak` chooses the language of what is shown from then on, once in a notebook's
first cell; a function marked `spoken` takes it where a call names no edition.
"""

import datetime
import inspect
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache, wraps
from importlib.resources import files
from typing import Any, Literal, TypeVar

Edition = Literal["fr", "en"]
EDITIONS: tuple[Edition, ...] = ("fr", "en")

R = TypeVar("R")

#: Where French typography has a space and no line may break.
SPACED = re.compile(r" (?=[:;!?%»])|(?<=«) ")

#: An apostrophe is what follows a letter or a digit; so does a closing mark.
APOSTROPHE = re.compile(r"(?<=\w)'")
CLOSING = re.compile(r"(?<=[^\s(\[“–—])\"")

#: No line begins with a sign, or parts it from its number: "p = .021".
SIGNED = re.compile(r"(?<=[\w)]) (?=[=<>≥≤≈] )|(?<=[\s][=<>≥≤≈]) (?=[\d.,−-])")

_chosen: list[Edition] = []


def speak(edition: Edition) -> None:
    """Choose the language of all that is shown from here on."""
    _chosen[:] = [edition]


@contextmanager
def speaking(edition: Edition | None) -> Iterator[None]:
    """Speak a language meanwhile; the one spoken before where none is given."""
    before = _chosen[:]
    _chosen[:] = [edition] if edition else before
    try:
        yield
    finally:
        _chosen[:] = before


def language() -> Edition:
    """Give the chosen language, or the shell's where none was chosen."""
    return _chosen[0] if _chosen else shell_language()


def spoken(function: Callable[..., R]) -> Callable[..., R]:
    """Let a function's `edition` be the chosen one where a call names none.

    Meanwhile it is the chosen one of all that the function calls.
    """
    signature = inspect.signature(function)

    @wraps(function)
    def told(*values: Any, **named: Any) -> R:
        given = signature.bind_partial(*values, **named).arguments
        edition = given.get("edition") or language()
        if "edition" not in given:
            named["edition"] = edition
        with speaking(edition):
            return function(*values, **named)

    return told


def label_of(name: str) -> str:
    """Write the name of a hypothesis as a text does.

    Examples
    --------
    >>> label_of("h2a"), label_of("price")
    ('H2a', 'price')
    """
    return name.capitalize() if re.fullmatch(r"[A-Za-z]\d+\w?", name) else name


def date(day: datetime.date, edition: Edition | None = None) -> str:
    """Write a date.

    Examples
    --------
    >>> date(datetime.date(2022, 8, 3), "fr"), date(datetime.date(2022, 8, 3), "en")
    ('3 août 2022', '3 August 2022')
    >>> date(datetime.date(2022, 8, 1), "fr")
    '1er août 2022'
    """
    edition = edition or language()
    month = say("months", edition).split()[day.month - 1]
    first = "1er" if edition == "fr" and day.day == 1 else day.day
    return f"{first} {month} {day.year}"


def joined(parts: Iterable[str], edition: Edition | None = None) -> str:
    """Join the parts of a list as the edition does.

    Examples
    --------
    >>> joined(["a", "b"], "fr"), joined(["a", "b"], "en")
    ('a ; b', 'a; b')
    """
    return say("list_mark", edition).join(parts)


def between(ends: Iterable[object], edition: Edition | None = None) -> str:
    """Write a range by its ends; one end alone, or twice alike, is written once.

    Examples
    --------
    >>> between(["1", "2"], "fr"), between(["2", "2"], "fr"), between([], "fr")
    ('1 à 2', '2', '')
    """
    low, *others = list(dict.fromkeys(map(str, ends))) or [""]
    return say("range", edition, low=low, high=others[-1]) if others else low


def held(text: str, edition: Edition | None = None) -> str:
    r"""Hold French punctuation to its word, so that no line begins with it.

    Examples
    --------
    >>> held("Pourquoi ?", "fr"), held("Why?", "en")
    ('Pourquoi\xa0?', 'Why?')
    """
    french = (edition or language()) == "fr"
    return SPACED.sub("\N{NO-BREAK SPACE}", text) if french else text


def typeset(text: str, edition: Edition | None = None) -> str:
    r"""Set a text as print does: apostrophes, quotation marks, what no line parts.

    Examples
    --------
    >>> typeset("L'effet d'un \"non\" ?", "fr"), typeset('the clients\' "no"', "en")
    ('L’effet d’un "non"\xa0?', 'the clients’ “no”')
    >>> typeset("p < .001, 1 = Non", "en")
    'p\xa0<\xa0.001, 1\xa0= Non'
    """
    text = SIGNED.sub("\N{NO-BREAK SPACE}", text)
    text = APOSTROPHE.sub("’", text)
    if (edition or language()) == "en":
        text = CLOSING.sub("”", text).replace('"', "“")
    return held(text, edition)


def shell_language() -> Edition:
    """Take the language of the shell's messages, else English."""
    named = (os.environ.get(key, "") for key in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "fr" if next(filter(None, named), "").startswith("fr") else "en"


@cache
def words() -> dict[str, dict[str, str]]:
    """Read every phrase of the package: key, then edition, then text."""
    rooms = files("ecrm_helpers.printed").joinpath("phrases").iterdir()
    texts = {room.name: room.read_text(encoding="utf-8") for room in rooms}
    return gathered(dict(sorted(texts.items())))


def gathered(texts: dict[str, str]) -> dict[str, dict[str, str]]:
    """Gather the phrases of several files, each key once.

    Parameters
    ----------
    texts : dict of str to str
        The YAML of each file of phrases, under the file's name.

    Raises
    ------
    ValueError
        A key stands twice, in one file or in two; the message gives both places.

    Examples
    --------
    >>> gathered({"a.yml": "yes: {fr: oui, en: yes}", "b.yml": "no: {fr: non, en: no}"})
    {'yes': {'fr': 'oui', 'en': 'yes'}, 'no': {'fr': 'non', 'en': 'no'}}
    """
    import yaml  # only where something is said: a verb's start loads none of it

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    phrases: dict[str, dict[str, str]] = {}
    places: dict[str, str] = {}
    for name, text in texts.items():
        tree: Any = yaml.compose(text, loader)
        for key, said in tree.value:
            for edition, phrase in said.value:
                at = f"{key.value}, {edition.value}"
                place = f"{name}, line {edition.start_mark.line + 1}"
                if at in places:
                    raise ValueError(f"{at}: given twice, {places[at]}; {place}")
                places[at] = place
                phrases.setdefault(key.value, {})[edition.value] = phrase.value
    return phrases


def keyed(stem: str, keys: str) -> dict[str, str]:
    """Give keys of phrases under what follows their stem.

    So a key that is picked by a value stands in the code as it is written.

    Examples
    --------
    >>> keyed("note_coders_", "note_coders_segment note_coders_turn")
    {'segment': 'note_coders_segment', 'turn': 'note_coders_turn'}
    """
    return {key.removeprefix(stem): key for key in keys.split()}


def say(key: str, edition: Edition | None = None, /, **values: object) -> str:
    """Give a phrase in one edition, its blanks filled.

    Parameters
    ----------
    key : str
        A key of a file in ``printed/phrases/``.
    edition : {"fr", "en"}, optional
        The language; the chosen one where none is given.
    **values
        What the blanks of the phrase ask for, already written out.

    Examples
    --------
    >>> say("n", "fr"), say("caption_frequency", "en", label="Status")
    ('Effectif', 'Frequencies: Status')
    """
    return words()[key][edition or language()].format(**values)
