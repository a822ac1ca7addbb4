"""What a column is by its header: in words of one's own, or as a program writes it."""

import re
from collections.abc import Iterator, Sequence
from importlib.resources import files

import yaml

from ecrm_helpers.study import plain

_KNOWN = yaml.safe_load((files(__package__) / "headers.yml").read_text("utf-8"))
#: The level of a code that stands below all.
LOWEST = len(_KNOWN["levels"])
#: A header has fewer words.
FEW = 6
#: So far a report is looked for.
_BEGIN = 5_000


def reports_in(text: str) -> Iterator[tuple[str, str]]:
    r"""Name the program whose report of passages a text is, and its exports to read.

    Examples
    --------
    >>> list(reports_in("<Files\\\\e1> - § 2 references coded [6.78% Coverage]"))
    [('NVivo', '.qdpx')]
    """
    for program, of in _KNOWN["reports"].items():
        if re.search(of["seen"], text[:_BEGIN]):
            yield program, of["ways"]


def roles_in(names: Sequence[str]) -> tuple[list[str], bool]:
    """Tell the role of each column, and whether a coding program wrote the table.

    Examples
    --------
    >>> roles_in(["File", "Coder", "Coded", "Id", "Codename"])
    (['document', 'coder', 'text', 'id', 'code'], True)
    """
    plainly = [*map(plain, names)]
    program: dict[str, str] = next(
        (p for p in _KNOWN["programs"] if p.keys() <= {*plainly}), {}
    )
    told = {**_KNOWN["beside"], **program} if program else {}
    pairs = zip(plainly, names, strict=True)
    return [told.get(p, role_of(n)) for p, n in pairs], bool(program)


def role_of(header: str) -> str:
    """Tell a column's role by the words its header begins with; "" for none."""
    words = plain(header)
    begins = _KNOWN["roles"].items() if len(words.split()) < FEW else ()
    found = (role for role, of in begins if words.startswith(tuple(of)))
    return next(found, "")


def level_of(header: str) -> int:
    """Tell how far below the top the codes of a column stand."""
    words = plain(header)
    levels = enumerate(_KNOWN["levels"])
    return next((n for n, of in levels if words.startswith(tuple(of))), LOWEST)


def book(rows: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """Read a list of codes with what each means; none where it is no such list.

    Examples
    --------
    >>> book([["tag", "description"], ["Prix", "Ce qui est payé"]])
    [('Prix', 'Ce qui est payé')]
    """
    for at, header in enumerate(rows[:10]):
        of = [role_of(cell) for cell in header]
        means = [
            c
            for c, cell in enumerate(header)
            if plain(cell).startswith(tuple(_KNOWN["means"]))
        ]
        if "code" in of and means:
            code = of.index("code")
            return [(r[code], r[means[0]]) for r in rows[at + 1 :] if r[code].strip()]
    return []
