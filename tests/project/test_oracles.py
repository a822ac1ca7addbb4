"""The kept print-outs are what the R scripts beside them print."""

import subprocess

import pytest
from oracles import FOLDER, print_out, values

SCRIPTS = sorted(FOLDER.glob("*.R"))


@pytest.mark.slow
@pytest.mark.needs("Rscript", "r-base-core r-cran-mass")
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_r_still_prints_what_is_kept(script):
    command = ["Rscript", "--vanilla", str(script)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True)
    assert values(printed.stdout) == pytest.approx(print_out(script.stem), rel=1e-9)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_every_printed_value_has_a_name_of_its_own(script):
    lines = script.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    assert lines
    assert len(print_out(script.stem)) == len(lines)
