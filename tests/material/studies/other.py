"""The same questionnaire as another study's: no printed values, three groups."""

import re

from conftest import ROOT

STUDY = ROOT / "study.yml"


def write_other(path):
    """Write a study whose hypotheses are its own and that nothing was printed of."""
    text = STUDY.read_text("utf-8")
    text = re.sub(r"^published: .*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^associations:.*?(?=^# )", "", text, flags=re.MULTILINE | re.DOTALL)
    text = text.replace("variables: [q10, q11]", "variables: [q12, q8]")
    text = text.replace('expects: ["yes", "no"]', "")
    text = re.sub(r"^ +- .*h3\.yes\.mean.*\n", "", text, flags=re.MULTILINE)
    path.write_text(text, "utf-8")
