"""Ways to spoil the compendium, each with the check that must notice it.

A mutation changes one file of a throw-away copy. It names the check that must
turn red and what that check must say: failing for another reason does not
count, nor does saying it of an unspoilt copy.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

#: Arguments of Python, run in the copy; a check ends with 0 where all is well.
Check = tuple[str, ...]

VERIFY: Check = ("-m", "ecrm_helpers", "verify")
CHECKSUMS: Check = ("-m", "ecrm_helpers", "data")
FRESH: Check = ("-m", "ecrm_helpers", "reproduce", "--check")
IMPORTS: Check = (
    "-c",
    "from importlinter.cli import lint_imports_command as run; run()",
)


#: Runs a notebook as `reproduce` does, and nothing else.
RUN_04: Check = (
    "-c",
    "from pathlib import Path; from ecrm_helpers.compendium.run.execute import execute;"
    "execute(Path('notebooks/04_interview_coding.ipynb'), Path('output/04.ipynb'), {})",
)


#: What a reader would call a check that is a line of Python.
NAMED = {IMPORTS: "lint-imports", RUN_04: "04_interview_coding.ipynb"}


def test(node: str) -> Check:
    """Give the check that is one test."""
    return ("-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", f"tests/{node}")


@dataclass(frozen=True)
class Mutation:
    """One way to spoil a copy: file, edit, and what must notice it.

    Its phrase is ``mutation_<operator>``, or ``mutation_<name>`` where it has no
    operator; `says` is text that the check must write when it fails, and must
    not write of an unspoilt copy.
    """

    name: str
    file: str
    edit: Callable[[str], str]
    check: Check
    says: str
    operator: str = ""


def replaced(old: str, new: str) -> Callable[[str], str]:
    """Give the edit that puts `new` for the first `old`."""
    return lambda text: text.replace(old, new, 1)


def removed(start: str) -> Callable[[str], str]:
    """Give the edit that takes out the line beginning with `start`."""
    return lambda text: re.sub(
        rf"^{re.escape(start)}.*\n", "", text, flags=re.MULTILINE
    )


def _swapped(text: str) -> str:
    """Exchange the two groups of question 10."""
    halfway = text.replace(",Oui,", ",\0,").replace(",Non,", ",Oui,")
    return halfway.replace(",\0,", ",Non,")


ANSWERS = "data/reconstructed/survey.csv"
VALUES = "data/published/values.csv"

MUTATIONS = (
    Mutation(
        "datum",
        ANSWERS,
        replaced("REC-001,Dans un évènement,", "REC-001,Site web,"),
        VERIFY,
        "undeclared disagreement: q1_event_n",
    ),
    Mutation(
        "row",
        ANSWERS,
        removed("REC-073,"),
        VERIFY,
        "undeclared disagreement: n;",
    ),
    Mutation(
        "groups",
        ANSWERS,
        _swapped,
        VERIFY,
        "undeclared disagreement: h3_no_mean",
    ),
    Mutation(
        "value",
        VALUES,
        replaced("F,6.980,", "F,6.890,"),
        VERIFY,
        "undeclared disagreement: h3_f",
    ),
    Mutation(
        "decimal",
        VALUES,
        replaced("percent,42.5,q12", "percent,42.50,q12"),
        VERIFY,
        "undeclared disagreement: q12_employee_pct;",
    ),
    Mutation(
        "lost_value",
        VALUES,
        removed("q2_phone_pct_text,"),
        VERIFY,
        "15.1 claimed by q2_phone_pct_text, not in values.csv",
    ),
    Mutation(
        "lost_reason",
        "data/published/reasons.csv",
        removed("q12_employee_pct_text,"),
        VERIFY,
        "undeclared disagreement: q12_employee_pct_text",
    ),
    Mutation(
        "formula",
        "src/ecrm_helpers/statistics/analysis/groups.py",
        replaced("part.std(ddof=1)", "part.std(ddof=0)"),
        test("statistics/analysis/test_groups.py::test_descriptives_are_those_of_r"),
        "FAILED",
    ),
    Mutation(
        "alpha",
        "notebooks/03_h3_anova.ipynb",
        replaced("alpha = 0.05", "alpha = 0.01"),
        test("project/test_notebooks.py::test_the_level_is_the_one_printed"),
        "'0.01'",
    ),
    Mutation(
        "parameter",
        "notebooks/03_h3_anova.ipynb",
        replaced("alpha = 0.05", "alhpa = 0.05"),
        test("project/test_notebooks.py::test_every_parameter_is_used"),
        "[03_h3_anova] - AssertionError",
    ),
    Mutation(
        "rounding",
        "src/ecrm_helpers/printed/numbers.py",
        replaced("(unit, ROUND_HALF_UP)", "(unit, 'ROUND_HALF_EVEN')"),
        test(
            "printed/test_numbers.py::test_numbers_follow_the_notation_of_their_edition"
        ),
        "'2' == '3'",
    ),
    Mutation(
        "stale_page",
        "output/fr/html/03_h3_anova.html",
        replaced("<h1", "<p>p = .04</p><h1"),
        FRESH,
        "not up to date: fr/page/03_h3_anova",
    ),
    Mutation(
        "executed",
        "output/fr/executed/02_h2_correlation.ipynb",
        replaced("0.738", "0.837"),
        FRESH,
        "not up to date: fr/run/02_h2_correlation",
    ),
    Mutation(
        "source",
        "notebooks/01_descriptives.ipynb",
        replaced("# 1.", "# 1. "),
        FRESH,
        "not up to date: fr/run/01_descriptives",
    ),
    Mutation(
        "checksum",
        "data/SHA256SUMS",
        lambda text: re.sub(
            r"^.(?=.*published/values.csv$)",
            lambda found: "1" if found[0] == "0" else "0",
            text,
            flags=re.MULTILINE,
        ),
        CHECKSUMS,
        "published/values.csv: changed",
    ),
    Mutation(
        "output",
        "notebooks/04_interview_coding.ipynb",
        replaced('"execution_count": null', '"execution_count": 1'),
        test("project/test_notebooks.py::test_is_committed_without_output"),
        "[04_interview_coding] - assert",
    ),
    Mutation(
        "plain",
        "notebooks/04_interview_coding.ipynb",
        replaced('[\\"segment_id\\"].nunique', '[\\"segment_id\\"].count'),
        RUN_04,
        "themes-by-hand",
    ),
    Mutation(
        "phrase",
        "src/ecrm_helpers/printed/phrases/ledger.yml",
        replaced("{n} valeurs et affirmations", "Les valeurs et affirmations"),
        test(
            "printed/test_words.py::test_a_phrase_has_both_editions_with_the_same_blanks"
        ),
        "[sum_values] - AssertionError",
    ),
    Mutation(
        "import",
        "src/ecrm_helpers/statistics/analysis/effects.py",
        replaced("\n\nfrom ", "\n\nimport ecrm_helpers.study\nfrom "),
        IMPORTS,
        "analysis is not allowed to import ecrm_helpers.study",
    ),
    Mutation(
        "manifest",
        "codecheck.yml",
        replaced("1.1-tab-q1.csv", "1.1-tab-q3.csv"),
        test(
            "compendium/run/test_provenance.py::test_codecheck_lists_every_table_and_figure"
        ),
        "manifest shall be",
    ),
)
