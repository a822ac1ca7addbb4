"""Whatever is asked of a verb: done, or refused in a line with a known status."""

import argparse
import io
import os
import random
import re
import shutil
import zipfile

import pytest
from conftest import ROOT

from ecrm_helpers.cli import VERBS, _parser, main

#: What people and scripts hand to options, and what they should not.
WORDS = """0 1 -1 7 73 2,50 2.5 0.05 1e9 nan 99999999999999999999 é fr en all csv xlsx
sav histograms ordered either half_up double q1 h2 alpha -- - . .. / ../../etc/passwd
$(id) `id` {x} %s \\ ' " x.csv x.qdpx x.xlsx missing.csv broken.csv broken.qdpx
broken.xlsx broken.sav broken.yml answers.csv study.yml nowhere/x.csv""".split()
#: What a file may be in place of one; each under the name of any kind of file.
KINDS = "csv qdpx xlsx sav yml docx pdf txt md".split()
STRANGE = "folder pipe loop nothing nuls line half deep".split()
WORDS += [f"{strange}.{end}" for strange in STRANGE for end in KINDS]
WORDS += ["", " ", "\u202e", "a\nb", "x" * 300, "\udce9"]
#: Makes pages, wheels or proofs wherever it is allowed to begin.
LONG = {"reproduce": ["--check"]}
STATUS = {0, 1, 2, 3}


def half():
    """Give the beginning of an archive, as a broken download leaves it."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name in ("xl/workbook.xml", "word/document.xml", "project.qde"):
            archive.writestr(name, "<a>" * 99)
    return whole.getvalue()[:400]


HALF = half()


@pytest.fixture(params=["nowhere", "in a project without data"])
def folder(request, tmp_path, monkeypatch):
    """Stand where files are broken."""
    if request.param != "nowhere":
        shutil.copy(ROOT / "study.yml", tmp_path)
    shutil.copy(ROOT / "data/synthetic/export.csv", tmp_path / "answers.csv")
    for end in ("csv", "qdpx", "xlsx", "sav", "yml", "docx", "pdf", "zip"):
        (tmp_path / f"broken.{end}").write_bytes(b"PK\x03\x04\0\xff\xfe;,\n\"'" * 9)
    for end in KINDS:
        (tmp_path / f"folder.{end}").mkdir()
        os.mkfifo(tmp_path / f"pipe.{end}")
        (tmp_path / f"loop.{end}").symlink_to(f"loop.{end}")
        (tmp_path / f"nothing.{end}").symlink_to(os.devnull)
        (tmp_path / f"nuls.{end}").write_bytes(b"\0" * 3000)
        (tmp_path / f"line.{end}").write_bytes(b"a,b;c " * 5000)
        (tmp_path / f"half.{end}").write_bytes(HALF)
        (tmp_path / f"deep.{end}").write_bytes(b"[" * 9000)
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def verbs_of(parser):
    """Give the verbs below a parser, each with its own."""
    kind = argparse._SubParsersAction
    found = [action for action in parser._actions if isinstance(action, kind)]
    return found[0].choices if found else {}


def call_of(parser, chance):
    """Give some of a parser's options, and some values for each; a verb below it."""
    words = []
    for action in parser._actions:
        if isinstance(action, argparse._HelpAction | argparse._SubParsersAction):
            continue
        if chance.random() < 0.4:
            continue
        n = {None: 1, 0: 0, "*": 2, "+": 2, "?": 1}.get(action.nargs, action.nargs)
        known = list(map(str, action.choices or ())) if chance.random() < 0.7 else []
        values = [chance.choice(known or WORDS) for _ in range(n)]
        words += [*action.option_strings[:1], *values]
    below = verbs_of(parser)
    if below:
        name = chance.choice(list(below))
        words += [name, *call_of(below[name], chance)]
    return words


@pytest.mark.slow
@pytest.mark.parametrize("verb", VERBS)
def test_no_call_ends_in_a_traceback(verb, folder, capfd):
    chance = random.Random(verb)
    for _ in range(15):
        parser = verbs_of(_parser(verb))[verb]
        call = [verb, *call_of(parser, chance), *LONG.get(verb, [])]
        try:
            status = main(call)
        except SystemExit as end:
            status = end.code
        except BaseException as error:
            pytest.fail(f"{call}: {type(error).__name__}: {error}")
        said = capfd.readouterr()
        assert status in STATUS, call
        assert "Traceback" not in said.err, call
        assert not re.search("fau(te|lt) (du|of the) program", said.err), call
        assert status != 2 or said.err.strip(), call


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_fault_of_the_program_is_owned_up_to_in_a_line(lang, monkeypatch, capsys):
    def broken(*_):
        return {}["key"]

    monkeypatch.setattr("ecrm_helpers.cli.check_text._check", broken)
    assert main(["check-text", "x.txt", "--lang", lang]) == 1
    said = capsys.readouterr().err
    assert "KeyError: 'key' (test_fuzz.py, " in said
    assert re.match("faute? du programme" if lang == "fr" else "fault of the", said)
    assert said.count("\n") == 1
