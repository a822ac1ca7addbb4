"""The syntax for SPSS, run by PSPP, gives our numbers and the thesis's."""

import csv
import itertools
import subprocess

import pingouin as pg
import pytest
from conftest import ROOT
from material.synthetic import FRAME, NUMBERS, STUDY, SURVEY, run
from oracles import FOLDER

from ecrm_helpers.answers import export
from ecrm_helpers.study.published import read_values

#: What PSPP 1.6.2 printed of the synthetic data; a test reruns it.
KEPT = FOLDER / "pspp.csv"


def tables(text):
    """Give PSPP's tables by title and, of a scale, by its name: rows of cells."""
    found, scale = {}, ""
    for filled, block in itertools.groupby(csv.reader(text.splitlines()), key=bool):
        if filled:
            (head, *_), *body = block
            scale = head if head.startswith("Scale: ") else scale
            found[scale, head.removeprefix("Table: ")] = body
    return found


PRINTED = tables(KEPT.read_text(encoding="utf-8"))


@pytest.mark.needs("pspp", "pspp")
def test_pspp_still_prints_what_is_kept(tmp_path):
    """Made by: ecrm data --export sav --survey data/synthetic/export.csv --lang en.

    Then, beside the files: pspp -o pspp.csv -O format=csv export.sps
    """
    assert run(tmp_path, "sav", "--survey", SURVEY, "--lang", "en") == 0
    command = ["pspp", "-o", "pspp.csv", "-O", "format=csv", "export.sps"]
    said = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    assert (said.stdout, said.stderr) == (b"", b"")  # neither error nor warning
    assert tables((tmp_path / "pspp.csv").read_text(encoding="utf-8")) == PRINTED


@pytest.mark.needs("pspp", "pspp")
def test_pspp_prints_what_the_thesis_prints(partial, tmp_path):
    """Run on the reconstructed answers, the syntax gives the chapter's numbers."""
    mark = export.stamp("reconstructed", "en")
    (tmp_path / "a.sav").write_bytes(export.to_sav(partial, STUDY, mark, "en"))
    asked = export.syntax(partial, STUDY, "a.sav", "reconstructed", "en")
    (tmp_path / "a.sps").write_bytes(asked)
    command = ["pspp", "-o", "a.csv", "-O", "format=csv", "a.sps"]
    subprocess.run(command, cwd=tmp_path, check=True)
    found = tables((tmp_path / "a.csv").read_text(encoding="utf-8"))
    values = read_values(ROOT / "data/published/values.csv")
    r = found["", "Correlations"][1][-1].partition("[")[0]
    assert r == values["h2_r"].printed.rstrip("*")
    means = [row[2:4] for row in found["", "Descriptives"][2:4]]
    names = [(f"h3_{group}_n", f"h3_{group}_mean") for group in ("no", "yes")]
    assert means == [[values[name].printed for name in pair] for pair in names]
    assert agrees(found["", "ANOVA"][1][5], float(values["h3_f"].printed))


def agrees(text, value):
    """Tell whether a printed number is a value to the digits printed."""
    digits = len(text.partition(".")[2])
    return abs(float(text) - value) <= 0.5 * 10**-digits + 1e-12


def test_pspp_counts_what_we_count():
    for name in FRAME:
        label = STUDY.label(name)["en"]
        rows = [
            row[1:] for row in PRINTED["", label] if row[0] not in ("Missing", "Total")
        ]
        counts = NUMBERS[name].value_counts().sort_index()
        assert [int(row[1]) for row in rows[1:]] == counts.tolist(), name
        valid = 100 * counts / counts.sum()
        shares = [row[3].rstrip("%") for row in rows[1:]]
        assert all(map(agrees, shares, valid)), name


def test_pspp_correlates_as_we_do():
    found = pg.corr(NUMBERS["q3"], NUMBERS["q4"]).iloc[0]
    r, p, n = (row[-1] for row in PRINTED["", "Correlations"][1:4])
    assert agrees(r.partition("[")[0], found["r"])
    assert (agrees(p, found["p_val"]), int(n)) == (True, found["n"])


def test_pspp_compares_groups_as_we_do():
    two = NUMBERS[NUMBERS["q10"] <= 2]
    found = pg.anova(two, "q11", "q10", detailed=True)
    between, within = (row[2:] for row in PRINTED["", "ANOVA"][1:3])
    cells = zip(
        (between[0], between[1], between[3], between[4], within[0], within[1]),
        (*found.loc[0, ["SS", "DF", "F", "p_unc"]], *found.loc[1, ["SS", "DF"]]),
        strict=True,
    )
    assert all(agrees(text, value) for text, value in cells)
    groups = two.groupby("q10")["q11"].agg(["count", "mean", "std"])
    rows = [row[2:5] for row in PRINTED["", "Descriptives"][2:4]]
    assert all(
        agrees(text, value)
        for row, own in zip(rows, groups.to_numpy(), strict=True)
        for text, value in zip(row, own, strict=True)
    )
    levene = pg.homoscedasticity(two, "q11", "q10", method="levene", center="mean")
    told = PRINTED["", "Test of Homogeneity of Variances"][-1]
    assert agrees(told[1], levene["W"].iloc[0])
    assert agrees(told[-1], levene["pval"].iloc[0])


@pytest.mark.parametrize("name", ["q5", "q6"])
def test_pspp_finds_our_reliability(name):
    items = NUMBERS[list(STUDY.questions[name].items)].dropna()
    alpha, k = PRINTED[f"Scale: {name}", "Reliability Statistics"][-1]
    assert agrees(alpha, pg.cronbach_alpha(items)[0])
    assert int(k) == items.shape[1]
    valid = PRINTED[f"Scale: {name}", "Case Processing Summary"][1]
    assert int(valid[1]) == len(items)
