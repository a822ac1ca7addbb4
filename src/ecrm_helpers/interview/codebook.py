"""The codebook as a tree: what stands above a code, and what is wrong with it."""

from collections.abc import Iterator, Mapping

import pandas as pd

from ecrm_helpers.printed import Told, told


def faults(codebook: pd.DataFrame) -> Iterator[Told]:
    """Hold names, identifiers and parents of the codes to be sound."""
    for column in ("name", "guid"):
        folded = codebook[column].str.casefold().str.strip()
        for _, group in codebook[folded.duplicated(keep=False)].groupby(folded):
            places = ", ".join(path(codebook, code) for code in group["code_id"])
            name = group[column].iloc[0]
            yield told("interview_homonym", column=column, value=name, places=places)
    parents = dict(zip(codebook["code_id"], codebook["parent_id"], strict=True))
    for code in parents:
        if code and parents.get(above(parents, code)[-1], "") == code:
            yield told("interview_below_itself", code=code)


def above(parents: Mapping[str, str], code: str) -> list[str]:
    """Give a code and all above it, up to the top or to the first one again."""
    seen = [code]
    while parents.get(seen[-1], "") not in ("", *seen):
        seen.append(parents[seen[-1]])
    return seen


def path(codebook: pd.DataFrame, code: str) -> str:
    """Give the names from the top of the codebook down to a code."""
    rows = codebook.drop_duplicates("code_id").set_index("code_id")
    names = dict(zip(rows.index, rows["name"], strict=True))
    parents = dict(zip(rows.index, rows["parent_id"], strict=True))
    return " > ".join(names.get(c, c) for c in reversed(above(parents, code)))
