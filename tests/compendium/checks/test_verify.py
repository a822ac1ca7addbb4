"""verify: the right status for each fault, the same ledger as the notebooks."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest
from conftest import ROOT

from ecrm_helpers import cli
from ecrm_helpers.compendium.checks import verify as module
from ecrm_helpers.compendium.checks.verify import verify
from ecrm_helpers.statistics import analysis

#: Each recomputes the whole, most of them in a process of their own.
pytestmark = pytest.mark.slow


@pytest.fixture
def root(tmp_path):
    """Copy what verify reads."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copy(ROOT / "study.yml", tmp_path)
    return tmp_path


def edit(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_all_as_declared_ends_with_0_and_names_what_does_not_agree(root):
    said, status = verify(root, "en")
    assert status == 0
    assert said[-1] == "All as declared."
    told = "\n".join(said)
    assert 'q12_employee_pct_text (§ 3.1.1): printed "43%", recomputed 42.47' in told
    reasons = (ROOT / "data/published/reasons.csv").read_text("utf-8")
    ids = {line.split(",")[0] for line in reasons.splitlines()[1:]}
    assert {n for n in ids if f"\n{n} (" in told} == ids


def test_the_ledger_is_the_one_that_the_notebooks_leave(root, output):
    made = (output / "ledger.csv").read_bytes()
    verify(root, "fr")
    assert (root / "output/ledger.csv").read_bytes() == made
    assert len(made.splitlines()) > 100


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        ("published/values.csv", "F,6.980", "F,6.890", "h3_f"),
        ("published/values.csv", "sum_of_squares,76.521", "sum_of_squares,76.52", ""),
        ("published/values.csv", "mean,2.58", "mean,2.55", "h3_no_mean"),
        ("published/values.csv", "percent,41.1", "percent,41.2", "q12_student_pct"),
        (
            "published/reasons.csv",
            "interview_questions_text,",
            "x,",
            "interview_questi",
        ),
        (
            "published/reasons.csv",
            "rounded_twice",
            "contradicted",
            "q12_employee_pct_t",
        ),
        ("reconstructed/survey.csv", "Non", "Oui", "q10_no_n"),
        ("published/numerals.csv", "6.980,h3_f,", "6.980,,footnote", "h3_f"),
    ],
    ids=["F", "decimal", "mean", "percent", "reason", "verdict", "datum", "claim"],
)
def test_a_number_a_reason_or_a_claim_changed_ends_with_1(root, file, old, new, named):
    edit(root / "data" / file, old, new)
    said, status = verify(root, "en")
    assert status == 1
    assert said[-1] == "The numbers are not as declared."
    assert any(
        named in line for line in said if "undeclared" in line or "numeral" in line
    )


def test_a_row_removed_ends_with_1_or_is_missed_at_once(root):
    values = root / "data/published/values.csv"
    row = re.search(r"^h3_p_text,.*\n", values.read_text("utf-8"), re.MULTILINE)[0]
    edit(values, row, "")
    said, status = verify(root, "en")
    assert status == 1
    assert any("0.01 claimed by h3_p_text, not in values.csv" in line for line in said)


def test_swapped_groups_end_with_1(root):
    path = root / "data/reconstructed/survey.csv"
    text = path.read_text("utf-8")
    for old, new in (("Non", "x"), ("Oui", "Non"), ("x", "Oui")):
        text = re.sub(rf",{old},", f",{new},", text)
    path.write_text(text, encoding="utf-8")
    said, status = verify(root, "en")
    assert status == 1
    assert any("undeclared" in line and "h3_no_mean" in line for line in said)


def test_a_formula_broken_in_the_package_parts_the_roads(root, monkeypatch):
    """F moves too little to change its three printed decimals."""
    anova = analysis.anova

    def broken(*data, **named):
        result = anova(*data, **named)
        return replace(result, f=result.f * 1.00001)

    monkeypatch.setattr(analysis, "anova", broken)
    said, status = verify(root, "en")
    assert status == 1
    assert any("undeclared" in line and "h3_f;" in line for line in said)
    told = r"h3_f \(.*6\.980538398\d\d; 6\.980468593\d\d"
    assert any(re.search(told, line) for line in said)


def test_wrong_data_end_with_2_and_a_message(root, monkeypatch, capsys):
    monkeypatch.chdir(root)
    survey = root / "data/reconstructed/survey.csv"
    whole = survey.read_bytes()
    edit(survey, "Oui", "12")
    assert cli.main(["verify"]) == 2
    assert re.search(r'q10: "12".*\(?Non, Oui', capsys.readouterr().err)
    survey.write_bytes(whole)
    (root / "data/published/values.csv").unlink()
    assert cli.main(["verify"]) == 2
    assert "values.csv: no such file" in capsys.readouterr().err
    with pytest.raises(SystemExit) as stop:
        cli.main(["verify", "--quickly"])
    assert stop.value.code == 2


def test_a_needed_row_that_is_gone_ends_with_2(root, monkeypatch, capsys):
    monkeypatch.chdir(root)
    edit(root / "data/published/values.csv", "h3_no_sd,", "h3_no_spread,")
    assert cli.main(["verify"]) == 2
    assert "no row 'h3_no_sd'" in capsys.readouterr().err


@pytest.mark.parametrize("package", ["typst", "nbconvert", "pypandoc"])
def test_a_missing_renderer_ends_with_3(root, monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)  # importing it now fails
    said, status = verify(root, "en")
    assert status == 3
    assert any(package.removeprefix("py") in line for line in said[-2:])
    edit(root / "data/published/values.csv", "F,6.980", "F,6.890")
    assert verify(root, "en")[1] == 1


def test_this_environment_lacks_no_renderer():
    assert module.missing_renderers() == []


def test_from_a_shell_it_loads_no_kernel_and_says_the_same(root):
    script = (
        "import sys; from ecrm_helpers.cli import main; status = main(['verify']); "
        "print(sorted({'papermill', 'ipykernel'} & set(sys.modules)), status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[] 0"


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands in for Python")
@pytest.mark.parametrize("status", [0, 1, 2, 3])
def test_make_prints_the_status_and_itself_ends_with_0_or_2(tmp_path, status):
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\necho $@\nexit {status}\n")
    python.chmod(0o755)
    done = subprocess.run(
        ["make", "--no-print-directory", f"PYTHON={python}", "ARGS=", "verify"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout == f"-I bootstrap.py verify\nstatus {status}\n"
    assert done.returncode == (2 if status else 0)
