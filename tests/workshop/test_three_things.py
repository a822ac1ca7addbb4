"""The three things to try of the README do what it says."""

import shutil
from types import NoneType

import pytest
from conftest import ROOT

from ecrm_helpers.cli import main
from ecrm_helpers.compendium.run.execute import execute, pieces

pytestmark = [pytest.mark.made, pytest.mark.slow]


@pytest.fixture
def copy(tmp_path, monkeypatch, english):
    for name in ("data", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "study.yml", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def printed(folder, old, new):
    values = folder / "data/published/values.csv"
    text = values.read_text("utf-8")
    assert text.count(old) == 1
    values.write_text(text.replace(old, new), "utf-8")


def shown(folder, name, **parameters):
    source = next((folder / "notebooks").glob(f"{name}*"))
    parameters = {"edition": "en", **parameters}
    book = execute(source, folder / f"out/{source.name}", parameters, home=folder)
    return {piece["id"]: piece["content"] for piece in pieces(book.cells)}


def test_another_level_turns_a_decision(copy):
    """R gives F(1, 71) = 6.98 the p .0101: below .05, not below .01."""
    assert shown(copy, "03")["h3"]["association"] == "supported"
    assert shown(copy, "03", alpha=0.01)["h3"]["association"] == "not_supported"


def test_another_f_is_an_undeclared_disagreement_and_every_page_is_made(copy, capsys):
    printed(copy, "F,6.980", "F,6.890")
    assert main(["data"]) == 1
    assert "published/values.csv" in capsys.readouterr().err
    assert main(["verify"]) == 1
    said = "".join(capsys.readouterr())
    assert "undeclared disagreement: h3_f" in said
    rows = shown(copy, "01")["agreement-01"]["rows"]
    kept = {type(row[road]) for row in rows for road in ("recomputed", "second_road")}
    assert kept == {float, NoneType}  # of what no data set gives, nothing
    verdicts = {
        row["id"]: row["verdict"] for row in shown(copy, "03")["agreement-03"]["rows"]
    }
    assert verdicts["h3_f"] == "undeclared"


def test_an_impossible_mean_stops_the_run_and_the_nearest_are_named(copy, capsys):
    printed(copy, "mean,2.58", "mean,2.55")
    assert main(["data"]) == 2
    said = capsys.readouterr().err
    assert "no answers fit the printed row of group 'no'" in said
    assert "the nearest possible: 2.50, 2.58" in said
