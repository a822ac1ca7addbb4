"""The compendium's own interview, read as plain tables and sets."""

import csv

import pandas as pd
from conftest import ROOT

from ecrm_helpers.study import read_study

FOLDER = ROOT / "data/interview"
EDITIONS = ("fr", "en")
H1 = read_study().hypotheses["h1"]


def append(folder, table, *cells):
    with (folder / f"{table}.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(cells)


def plain(table, edition="fr"):
    folder = FOLDER / "en" if edition == "en" else FOLDER
    return pd.read_csv(folder / f"{table}.csv", dtype=str, keep_default_na=False)


def sets(edition="fr"):
    """Give (segment, code) pairs, each code's theme and each segment's section."""
    above = plain("codebook").set_index("code_id")["parent_id"].to_dict()

    def theme(code):
        return theme(above[code]) if above[code] else code

    pairs = set(plain("codings")[["segment_id", "code_id"]].itertuples(index=False))
    sections = plain("segments").set_index("segment_id")["section"].to_dict()
    return {tuple(p) for p in pairs}, {c: theme(c) for c in above}, sections
