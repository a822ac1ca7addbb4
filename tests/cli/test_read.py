"""``ecrm read``: what it writes, tells and refuses."""

import json

import pandas as pd
import pytest
from material.forms import COLUMNS, csv_text
from material.one_export import HEAD, MESSY, RULES, WELL, changed, held, save, wanted

from ecrm_helpers.cli import main


def shell(*arguments, capsys):
    status = main(["read", *map(str, arguments)])
    return status, *capsys.readouterr()


def test_the_verb_writes_what_it_reads_and_reads_what_it_wrote(tmp_path, capsys):
    path, clean, again = (tmp_path / name for name in ("a.csv", "b.csv", "c.csv"))
    path.write_text(csv_text(HEAD, changed("q1", "Par un ami")), encoding="utf-8")
    assert shell(path, "--to", clean, "--lang", "fr", capsys=capsys)[0] == 0
    status, out, _ = shell(clean, "--to", again, "--json", capsys=capsys)
    assert (status, again.read_bytes()) == (0, clean.read_bytes())
    told = json.loads(out)
    assert (told["rows"], told["valid"], told["errors"]) == (12, 12, [])
    table = pd.read_csv(clean)
    assert list(table.columns) == ["id", *COLUMNS]
    assert {k: v for k, v in held(table).items() if k not in ("id", "q1")} == {
        k: v for k, v in wanted().items() if k != "q1"
    }


def test_the_verb_gives_flags_as_json(tmp_path, capsys):
    path = save(tmp_path, csv_text(HEAD, MESSY))
    taken = ("double", "before_opening", "contradictory")
    accept = [word for rule in taken for word in ("--accept", rule)]
    told = json.loads(shell(path, "--json", *accept, capsys=capsys)[1])
    assert [(flag["row"], flag["rule"]) for flag in told["flags"]] == RULES
    assert [flag["excluded"] for flag in told["flags"]] == [True, True, True, False]
    assert all(flag["reason"] for flag in told["flags"])
    assert told["missing"]["q7_7"] == 0
    assert told["delimiter"] == ","


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "ne peut pas être utilisé"), ("en", "cannot be used")],
)
def test_the_verb_writes_nothing_of_what_it_refuses(tmp_path, capsys, language, words):
    path, clean = save(tmp_path, csv_text(HEAD, changed("q3", "8"))), tmp_path / "b.csv"
    status, out, err = shell(
        path, "--to", clean, "--json", "--lang", language, capsys=capsys
    )
    assert (status, clean.exists(), words in err) == (2, False, True)
    assert len(json.loads(out)["errors"]) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["none.csv"],
        ["."],
        ["export.csv", "--study", "none.yml"],
        ["export.csv", "--to", "."],
    ],
    ids=["no file", "a folder", "no study", "into a folder"],
)
def test_the_verb_says_what_it_cannot_open(tmp_path, monkeypatch, capsys, arguments):
    save(tmp_path, WELL)
    monkeypatch.chdir(tmp_path)
    status, _, err = shell(*arguments, capsys=capsys)
    assert status == 2
    assert "Traceback" not in err
    assert err.strip()


def test_the_verb_never_overwrites_what_it_reads(tmp_path, capsys):
    path = save(tmp_path, WELL)
    status, _, err = shell(path, "--to", path, capsys=capsys)
    assert (status, "name another" in err) == (2, True)
    assert path.read_bytes() == WELL.encode()
