"""What a column is by its header: in words of one's own, or as a program writes it."""

import re
from collections.abc import Iterator, Sequence

from ecrm_helpers.study import plain

#: Words that a header begins with, as `study.plain` writes it; the first that
#: fits tells the column's role.
_ROLES = {
    "": "document group",
    "coder": "codeu, coder, code par, coded by",
    "code": "sous them, sous categ, sous code, sub them, subthem, sub code, subcode, "
    "sub categ, subcateg, them, categorie, category, axe, dimension, code, codage, "
    "coding, tag, concept, etiquette, noeud, nœud, node, mot cle, mots cles, keyword",
    "document": "entretien, interview, document, source, participant, repondant, "
    "respondent, enquete, fichier, file",
    "text": "verbatim, citation, extrait, quotation, quote, texte, text, passage, "
    "segment, propos, parole, transcri, discours, unite, reponse, answer, contenu, "
    "content, excerpt, utterance, enonce, retranscri",
    "memo": "memo, remarque, commentaire, comment, note, observation, interpret",
    "speaker": "locuteur, speaker, intervenant, qui",
}
#: What coding programs call the columns of their lists of passages, as
#: `study.plain` writes it: Taguette, QualCoder, ATLAS.ti and MAXQDA.
_PROGRAMS: tuple[dict[str, str], ...] = (
    {"id": "id", "document": "document", "tag": "code", "content": "text"},
    {"coder": "coder", "coded": "text", "id": "id", "codename": "code"},
    {"quotation content": "text", "codes": "code"},
    {"contenu de la citation": "text", "codes": "code"},
    {"code": "code", "segment": "text", "beginning": "", "end": ""},
    {"code": "code", "segment": "text", "debut": "", "fin": ""},
)
#: What else stands in these.
_THERE = dict.fromkeys(
    ("created by", "author", "coded by", "cree par", "auteur"), "coder"
)
_THERE |= {"coded memo": "memo", "filename": "document", "nom du document": "document"}
_THERE |= dict.fromkeys(("quotation name", "code groups", "coding density"), "")
_THERE |= dict.fromkeys(("nom de la citation", "code group", "groupes de codes"), "")
#: How a column begins that says what a code means.
_MEANS = ("definition", "description", "memo", "signification", "comment")
_LEVELS = (("them", "categor", "axe", "dimension"), ("sous", "sub"))
#: The level of a code that stands below all.
LOWEST = len(_LEVELS)
#: A header has fewer words.
FEW = 6


#: What a program's report of passages looks like, and the exports that can be read.
_REPORTS = {
    "Taguette": (
        r"(?m)^Taguette\b|^Document ?: .*\s(Tags|Étiquettes) ?: ",
        ".sqlite3, .csv",
    ),
    "NVivo": (r"§\s*\d+ (?:references? coded|références? (?:en)?codée?s?)", ".qdpx"),
    "ATLAS.ti": (r"(?m)^(ATLAS\.ti\b|\d+:\d+ [¶p]).*", ".qdpx, .xlsx"),
    "QualCoder": (r"\ASearch parameters\s*\n=+", ".qda, .csv, .xlsx"),
    "MAXQDA": (r"(?m)^(Code|Codes?) ?: .*(Weight score|Poids) ?: \d", ".qdpx, .xlsx"),
}
_BEGIN = 5_000


def reports_in(text: str) -> Iterator[tuple[str, str]]:
    r"""Name the program whose report of passages a text is, and its exports to read.

    Examples
    --------
    >>> list(reports_in("<Files\\\\e1> - § 2 references coded [6.78% Coverage]"))
    [('NVivo', '.qdpx')]
    """
    for program, (seen, ways) in _REPORTS.items():
        if re.search(seen, text[:_BEGIN]):
            yield program, ways


def roles_in(names: Sequence[str]) -> tuple[list[str], bool]:
    """Tell the role of each column, and whether a coding program wrote the table.

    Examples
    --------
    >>> roles_in(["File", "Coder", "Coded", "Id", "Codename"])
    (['document', 'coder', 'text', 'id', 'code'], True)
    """
    plainly = [*map(plain, names)]
    program = next((p for p in _PROGRAMS if p.keys() <= {*plainly}), {})
    told = {**_THERE, **program} if program else {}
    pairs = zip(plainly, names, strict=True)
    return [told.get(p, role_of(n)) for p, n in pairs], bool(program)


def role_of(header: str) -> str:
    """Tell a column's role by the words its header begins with; "" for none."""
    words = plain(header)
    if len(words.split()) >= FEW:
        return ""
    return next(
        (
            role
            for role, begins in _ROLES.items()
            if words.startswith(tuple(begins.split(", ")))
        ),
        "",
    )


def level_of(header: str) -> int:
    """Tell how far below the top the codes of a column stand."""
    words = plain(header)
    found = (n for n, begins in enumerate(_LEVELS) if words.startswith(begins))
    return next(found, LOWEST)


def book(rows: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """Read a list of codes with what each means; none where it is no such list.

    Examples
    --------
    >>> book([["tag", "description"], ["Prix", "Ce qui est payé"]])
    [('Prix', 'Ce qui est payé')]
    """
    for at, header in enumerate(rows[:10]):
        of = [role_of(cell) for cell in header]
        means = [c for c, cell in enumerate(header) if plain(cell).startswith(_MEANS)]
        if "code" in of and means:
            code = of.index("code")
            return [(r[code], r[means[0]]) for r in rows[at + 1 :] if r[code].strip()]
    return []
