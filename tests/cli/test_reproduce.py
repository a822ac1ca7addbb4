"""``ecrm reproduce``: wrong usage is said in a line, before anything runs."""

import shutil

import pytest
from conftest import ROOT

from ecrm_helpers.cli import main
from ecrm_helpers.cli.reproduce import _literal


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["reproduce", "-p", "alhpa", "0.01"], 2, "they declare alpha, "),
        (
            ["reproduce", "-p", "edition", "en"],
            2,
            "parameter edition is set by --edition",
        ),
    ],
)
def test_wrong_usage_ends_with_status_2_and_a_message(capsys, arguments, status, words):
    assert main(arguments) == status
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    "wrong", [["--edition", "de"], ["--jobs", "0"], ["--job", "x"]]
)
def test_wrong_options_are_refused(capsys, wrong):
    with pytest.raises(SystemExit) as stop:
        main(["reproduce", *wrong])
    assert stop.value.code == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "(see ecrm reproduce --help)" in said


def test_a_parameter_is_a_number_a_truth_value_or_a_text_and_never_code():
    given = {"0.05": 0.05, "true": True, "3": 3, "oui": "oui", "[1]": "[1]"}
    given |= {text: text for text in ("__import__('os')", "{}", "null", '"a"', "0x1")}
    assert {text: _literal(text) for text in given} == given


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_where_answers_are_refused_no_page_of_a_run_before_stands(
    tmp_path, lang, capsys, monkeypatch
):
    shutil.copy(ROOT / "study.yml", tmp_path)
    pages = [tmp_path / "output" / name / "index.html" for name in ("fr", "en")]
    for page in pages:
        page.parent.mkdir(parents=True)
        page.touch()
    (tmp_path / "mine.csv").write_text("a;b\n1;2\n")
    survey = ("--survey", str(tmp_path / "mine.csv"), "--project", str(tmp_path))
    asked = ["reproduce", *survey]
    monkeypatch.setenv("LC_ALL", f"{lang}_XX.UTF-8")
    assert main([*asked, "--check"]) == 2
    assert all(page.exists() for page in pages)
    capsys.readouterr()
    said = {"fr": "sont retirées", "en": "are removed"}[lang]
    for times in (1, 0):
        assert main(asked) == 2
        assert not any(page.exists() for page in pages)
        assert capsys.readouterr().err.count(said) == times
