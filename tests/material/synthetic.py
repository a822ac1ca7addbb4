"""The invented answers as the door reads them, and the verb that writes them back."""

from conftest import ROOT

from ecrm_helpers.answers.door import read_file
from ecrm_helpers.answers.export import codes
from ecrm_helpers.cli import main
from ecrm_helpers.study import read_study

STUDY = read_study()

SURVEY = ROOT / "data/synthetic/export.csv"

FRAME, _ = read_file(SURVEY, STUDY)

NUMBERS = FRAME.apply(codes).astype(float)


def run(folder, form, *more):
    return main(["data", "--export", form, "--to", str(folder), *map(str, more)])
