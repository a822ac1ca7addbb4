"""What is kept because it takes long: remade from its seed, held to its source."""

import json

import numpy as np
import pytest
from conftest import ROOT
from material.brute_force import prints

from ecrm_helpers import cli
from ecrm_helpers.statistics.analysis import kendall, spearman
from ecrm_helpers.statistics.robustness import derived
from ecrm_helpers.statistics.robustness.derived import RANKS, Ranks, read_ranks
from ecrm_helpers.study import read_study
from ecrm_helpers.study.published import read_values

VALUES = read_values(ROOT / "data/published/values.csv")
PRINTED = derived.printed_r(VALUES, read_study())
TEXT = (ROOT / RANKS).read_text(encoding="utf-8")
KEPT = read_ranks(ROOT / RANKS, PRINTED)


@pytest.mark.slow
@pytest.mark.parametrize("measure", derived.MEASURES)
def test_the_kept_ranges_are_those_the_seed_gives(measure):
    assert derived.ranges(PRINTED, measure) == KEPT.ranges[measure]


@pytest.mark.slow
def test_the_kept_extremes_are_those_the_seed_gives():
    found = derived.extreme(PRINTED, -1), derived.extreme(PRINTED, 1)
    assert found == (KEPT.lowest, KEPT.highest)


def test_the_kept_bytes_are_those_computing_writes(monkeypatch):
    # With the two tests above: byte for byte.
    monkeypatch.setattr(derived, "ranges", lambda _, measure: KEPT.ranges[measure])
    found = {-1: KEPT.lowest, 1: KEPT.highest}
    monkeypatch.setattr(derived, "extreme", lambda _, sign: found[sign])
    told = []
    assert derived.compute(PRINTED, told.append) == TEXT
    assert len(told) == 3


# Central 95 % of an independent program's draws, to three decimals.
REFERENCE = {
    ("tables", "spearman"): (0.678, 0.775),
    ("tables", "kendall"): (0.539, 0.666),
    ("ordered", "spearman"): (0.711, 0.752),
    ("ordered", "kendall"): (0.568, 0.625),
}


@pytest.mark.parametrize(("measure", "statistic"), REFERENCE)
def test_the_ranges_are_those_of_an_independent_program(measure, statistic):
    # About three standard errors of a 2.5 % quantile at some 3,000 draws.
    found = KEPT.ranges[measure][statistic]
    tolerance = 0.006 if measure == "tables" else 0.002
    assert found.central == pytest.approx(REFERENCE[measure, statistic], abs=tolerance)
    assert found.low < found.central[0] < found.central[1] < found.high


def test_the_walks_have_converged():
    for part in (p for m in KEPT.ranges.values() for p in m.values()):
        assert part.rhat < 1.01  # as Vehtari et al. (2021) advise
        assert part.ess > 400  # likewise


@pytest.mark.parametrize(("table", "rho"), [("lowest", -0.6), ("highest", 1.0)])
def test_the_extremes_have_the_printed_r_and_reach_far(table, rho):
    counts = np.array(getattr(KEPT, table))
    assert (counts.shape, counts.sum(), counts.min()) == ((7, 7), 73, 0)
    assert prints(counts, ".738")
    assert spearman(counts) == pytest.approx(rho, abs=0.02)
    assert np.sign(kendall(counts)) == np.sign(rho)


@pytest.mark.parametrize(
    ("name", "printed", "told"),
    [("h2_r", ".740", r"now printed: r = \.740"), ("h2_n", "72", "N = 72")],
)
def test_ranges_of_another_printed_value_are_refused(name, printed, told):
    values = {**VALUES, name: VALUES[name]._replace(printed=printed)}
    other = derived.printed_r(values, read_study())
    with pytest.raises(ValueError, match=told) as caught:
        read_ranks(ROOT / RANKS, other)
    assert "made from r = .738**, N = 73" in str(caught.value)
    assert "ecrm data --derived" in str(caught.value)


@pytest.mark.parametrize("text", [None, "", "{}", TEXT[:500]])
def test_a_file_missing_or_broken_is_refused_with_the_command(tmp_path, text):
    path = tmp_path / "ranks.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(ValueError, match=r"not readable; .*ecrm data --derived"):
        read_ranks(path, PRINTED)


def test_the_file_says_that_it_holds_no_data_of_the_study():
    assert "no data of the study" in json.loads(TEXT)["nature"]
    with pytest.raises(ValueError, match="nature"):
        Ranks.model_validate({**KEPT.model_dump(), "nature": "survey answers"})


def test_the_command_writes_the_file_and_nothing_else(tmp_path, monkeypatch, capsys):
    for name in ("data/published/values.csv", "data/SHA256SUMS", "study.yml"):
        copy = tmp_path / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes((ROOT / name).read_bytes())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(derived, "ranges", lambda _, measure: KEPT.ranges[measure])
    found = {-1: KEPT.lowest, 1: KEPT.highest}
    monkeypatch.setattr(derived, "extreme", lambda _, sign: found[sign])
    assert cli.main(["data", "--derived", "--checksums"]) == 0
    written = tmp_path / RANKS
    assert written.read_text(encoding="utf-8") == TEXT
    assert list(written.parent.iterdir()) == [written]
    assert f"built {RANKS}" in capsys.readouterr().out
