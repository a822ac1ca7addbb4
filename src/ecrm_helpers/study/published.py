"""What the thesis prints: numbers, claims, numerals, reasons, errata.

`Published` is the record of all of it, read once and handed on.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from ecrm_helpers.files import project_folder, read_rows
from ecrm_helpers.printed import Edition, Wrong, told
from ecrm_helpers.study.numerals import Numeral, read_numerals
from ecrm_helpers.study.questionnaire import Study


class Value(NamedTuple):
    """A number or claim of the thesis: where it stands and how it is printed.

    `quantity` names what is recomputed for it; several places may print one
    quantity. `known` tells how a match is to be taken: ``built_in`` (the
    reconstructed data were made from it, so a match is no evidence),
    ``derived`` (it follows from others), ``independent`` (it follows from
    something else that is printed), ``claim`` or ``context``.
    """

    id: str
    part: str
    section: str
    place: str
    item_fr: str
    item_en: str
    statistic: str
    printed: str
    quantity: str
    known: str
    note: str


class Values(dict[str, Value]):
    """Values under their ids; one that is asked for and absent is an error."""

    def __missing__(self, name: str) -> Value:
        """Refuse an id that the table does not have."""
        raise Wrong("value_none", name=name)


def read_values(path: Path | None) -> Values:
    """Read the table of printed numbers, each under its id; none where none is.

    Raises
    ------
    Wrong
        An id occurs twice, or the file is not a table of `Value`.
    """
    if path is None:
        return Values()
    values = [Value(**row) for row in read_rows(path, Value._fields)]
    twice = sorted(k for k, times in Counter(v.id for v in values).items() if times > 1)
    if twice:
        raise Wrong("values_twice", path=path, ids=", ".join(twice))
    return Values((value.id, value) for value in values)


class Reason(NamedTuple):
    """The declared reason of a verdict other than agreement, blanks unfilled."""

    id: str
    verdict: str
    fr: str
    en: str


class Erratum(NamedTuple):
    """One inconsistency, with its place and a corrected wording.

    `lines` are those of the OCR text; `printed` quotes a few words of them. An
    empty effect means that no conclusion depends on it. `values` names the rows
    of ``values.csv`` it concerns.
    """

    id: str
    lines: str
    place_fr: str
    place_en: str
    printed: str
    holds_fr: str
    holds_en: str
    effect_fr: str
    effect_en: str
    corrected_fr: str
    corrected_en: str
    values: str

    def text(self, what: str, edition: Edition) -> str:
        """Give place, holds, effect or corrected in one edition."""
        return str(getattr(self, f"{what}_{edition}"))


def read_errata(path: Path, values: Mapping[str, Value]) -> list[Erratum]:
    """Read the errata.

    Raises
    ------
    Wrong
        The file is no such table, or an erratum names a value that is not in
        ``values.csv``.
    """
    errata = [Erratum(**row) for row in read_rows(path, Erratum._fields)]
    unknown = [
        told("errata_name", id=e.id, name=name)
        for e in errata
        for name in e.values.split()
        if name not in values
    ]
    if unknown:
        raise Wrong("errata_unknown", *unknown, path=path, k=len(unknown))
    return errata


@dataclass(frozen=True)
class Published:
    """All that a study's publication prints; each part is read when first asked for.

    A study without a publication has no `folder`, and every part is empty.

    Raises
    ------
    ValueError
        When a part is asked for: its file is missing or is no such table.

    Examples
    --------
    >>> from ecrm_helpers.study import read_published, read_study
    >>> published = read_published(read_study())
    >>> published.values["h2_r"].printed, published.values is published.values
    ('.738**', True)
    """

    study: Study
    folder: Path | None

    @property
    def of_text(self) -> bool:
        """Whether the values were read in a text, whose numerals are listed."""
        return self.folder is not None and (self.folder / "numerals.csv").exists()

    @cached_property
    def values(self) -> Values:
        """The printed numbers and claims, each under its id."""
        return read_values(self.folder and self.folder / "values.csv")

    @cached_property
    def reasons(self) -> dict[str, Reason]:
        """The declared reasons, each under the id of its value."""
        if self.folder is None:
            return {}
        rows = read_rows(self.folder / "reasons.csv", Reason._fields)
        return {row["id"]: Reason(**row) for row in rows}

    @cached_property
    def errata(self) -> list[Erratum]:
        """The errata, in the order of the text."""
        if self.folder is None:
            return []
        return read_errata(self.folder / "errata.csv", self.values)

    @cached_property
    def numerals(self) -> list[Numeral]:
        """The numerals of the results, each with whose it is."""
        return read_numerals(self.folder / "numerals.csv") if self.folder else []


def read_published(study: Study, root: Path | None = None) -> Published:
    """Give the record of what a study's publication prints.

    Parameters
    ----------
    study : Study
        Names the folder of its printed values, if it has one.
    root : path, optional
        The project's folder; without it, the one that one stands in.

    Returns
    -------
    Published
    """
    if study.published is None:
        return Published(study, None)
    return Published(study, (root or project_folder()) / study.published)
