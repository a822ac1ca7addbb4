"""Every phrase in both editions with the same blanks, and none without a use.

A key is used where it stands as text in a function that says something, in a
notebook or in a template; or where it is composed, from a stem in the code and
a value that is listed here with its source.
"""

import ast
import csv
import re
from dataclasses import fields
from string import Formatter
from typing import get_args, get_type_hints

import nbformat
import numpy as np
import pytest
from conftest import NOTEBOOKS, ROOT
from pydantic_core.core_schema import ErrorType

from ecrm_helpers.answers.audit import Origin
from ecrm_helpers.answers.read import Basis
from ecrm_helpers.compendium.checks.mutations import MUTATIONS
from ecrm_helpers.compendium.site import report
from ecrm_helpers.compendium.site.selfcheck import OUTCOMES
from ecrm_helpers.interview.coders import Agreement
from ecrm_helpers.interview.evidence import Reading
from ecrm_helpers.interview.tables import DIRECTIONS, Material
from ecrm_helpers.ledger.checked_text.verdict import Note, Verdict
from ecrm_helpers.ledger.identities import identities
from ecrm_helpers.ledger.implied import implied
from ecrm_helpers.ledger.record import FIRST_ROAD
from ecrm_helpers.ledger.terms import VERDICTS
from ecrm_helpers.printed import gathered, say, words
from ecrm_helpers.statistics.admissible import JointMeasure, Measure, Reason
from ecrm_helpers.statistics.robustness import statistics
from ecrm_helpers.study import Association, Hypothesis, Question, read_study
from ecrm_helpers.study.published import read_values

SOURCE = ROOT / "src/ecrm_helpers"
#: Functions that take a key, and the place of the key among their arguments.
SPEAKING = {
    "say": 0,
    "told": 0,
    "StudyError": 0,
    "AnalysisError": 0,
    "DocumentError": 0,
    "TableError": 0,
    "_fault": 0,
    "printed.say": 0,
    "paragraph": 1,
    "wording.paragraph": 1,
}
VALUES = read_values(ROOT / "data/published/values.csv")
COMPARED = [value for value in VALUES.values() if value.known != "context"]


def options(annotation):
    return annotation.__args__


def column(table, name):
    with (ROOT / f"data/interview/{table}.csv").open(encoding="utf-8") as file:
        return {row[name] for row in csv.DictReader(file)}


PUBLISHED = options(Question.model_fields["published"].annotation)
PLACES = ("section", "turn", "doc_id")
MAGNITUDES = ("negligible", "small", "medium", "large")

#: Sections of the pages that are no notebook's.
HEADS = ("subject", "availability", "environment", "steps", "classes", "shown")
HEADS += ("in_text", "reviewer")

#: Stem in the code, and all that may follow it.
COMPOSED = {
    "verdict_": VERDICTS,
    "place_": {v.place for v in COMPARED if not v.place.startswith("Q")},
    "published_": PUBLISHED,
    "sayable_": PUBLISHED,
    "origin_": options(Origin),
    "note_counts_": options(Basis),
    "caption_tests_": options(Basis),
    "caption_groups_": options(Basis),
    "rule_": [f"{h}_{basis}" for h in ("h2", "h3") for basis in options(Basis)],
    "chapter_subtitle": ("", "_other"),
    "report_subject": ("", "_other"),
    "report_data": ("", "_other"),
    "claim_": ("q1", "q2", "q10", "q11", "q12", "h1", "h2", "h3"),
    "test_": ("welch", "ranks", "levene_mean", "levene_median"),
    "audit_": ("read_respelled", "read_recoded"),
    "effect_": MAGNITUDES,
    "levene_": ("mean", "median"),
    "numbered_": ("table", "figure"),
    "check_": options(Verdict),
    "check_at_": {"page", "paragraph", "table", "row"},
    "check_note_": set(options(Note)) - {""},
    "reason_": options(get_type_hints(Reason)["value"]),
    "pairs_": ("all", "drawn"),
    "several_": ("all", "drawn"),
    "holds_": ("all", "defined", "not"),
    "share_": options(Measure),
    "measure_": {*options(Measure), *options(JointMeasure)},
    "outcome_": OUTCOMES,
    "class_": report.ORDER,
    "means_": report.ORDER,
    "step_": ("data", "run", "page", "errata", "dictionary", "chapter", "site"),
    "type_": ("string", "integer"),
    "nature_": ("reconstructed", "own"),
    "export_stamp_": ("reconstructed", "synthetic"),
    "export_head_": ("variable", "label", "value", "value_label"),
    "head_": HEADS,
    "mutation_": {mutation.name for mutation in MUTATIONS},
    "identity_": {each.name for each in identities(VALUES)},
    "verified_": ("0", "1", "3"),
    "source_": (*options(Material), *sorted(column("checklists", "checklist"))),
    "note_": options(Material),
    "note_coders_": ("segment", "turn"),
    "agree_": [field.name for field in fields(Agreement)],
    "reading_": options(Reading),
    "variant_": ("all", "without", "facts", "coder"),
    "caption_": (
        *("environment", "steps", "classes", "shown", "numbers"),
        *sorted(column("checklists", "checklist")),
    ),
    "caption_heat_": PLACES,
    "both_": ("segment_id", *PLACES),
    "jaccard_": ("segment_id", *PLACES),
}

#: Keys that come out of a table or a record as they stand.
FROM_DATA = {
    "what a study breaks": {
        *("study_none", "study_unreadable", "study_breaks", "study_twice"),
        *("study_no_question", "study_crossed_scale", "study_matrix_scale"),
        *("study_level_twice", "study_tested_h2", "study_tested_h3"),
    },
    "what pydantic finds": {
        f"schema_{kind}" for kind in get_args(ErrorType) if f"schema_{kind}" in words()
    },
    "statistic of a printed value": {v.statistic for v in COMPARED},
    "status of a printed value": {v.known for v in COMPARED} | {"compared"},
    "verdict of the thesis": options(
        Hypothesis.model_fields["thesis_verdict"].annotation
    ),
    "origin of a code": column("codebook", "origin"),
    "direction of a statement": set(DIRECTIONS),
    "kind of a statement": set(read_study().hypotheses["h1"].weights),
    "kind of text": options(Material),
    "place in a text": set(PLACES),
    "statistic over all data sets": set(
        statistics(*[np.array([[1, 1, 1]])] * 2, (1, 3))
    ),
    "column of a frequency table": {"n", "percent", "valid_percent", "cumulative"}
    | {"low", "high"},
    "association": options(Association),
    "section that goes by a name": {
        v.section for v in COMPARED if v.section.endswith("conclusion")
    },
    "road to a value": {way.how for way in implied(VALUES, read_study()).values()}
    | set(FIRST_ROAD.values()),
    "magnitude of a correlation": set(MAGNITUDES),
}


def texts(tree):
    """Give the string constants of a piece of code; parts of f-strings too."""
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def calls(tree):
    """Give the calls that say something."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in SPEAKING
    ]


def code():
    """Give every module, and every code cell of every notebook."""
    for path in sorted(SOURCE.rglob("*.py")):
        yield "module", ast.parse(path.read_text(encoding="utf-8"))
    for path in NOTEBOOKS:
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                yield "cell", ast.parse(cell.source)


def written():
    """Give every text in a module, notebook or template that may be a key."""
    found = set()
    for _, tree in code():
        found |= texts(tree)
    for path in (SOURCE / "compendium/render/templates").rglob("*.j2"):
        found |= set(re.findall(r"\b(?:say|words)\.(\w+)", path.read_text("utf-8")))
    return found


def blanks(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def composed():
    return {stem + rest for stem, rests in COMPOSED.items() for rest in rests}


@pytest.mark.parametrize("key", words())
def test_a_phrase_has_both_editions_with_the_same_blanks(key):
    phrase = words()[key]
    assert phrase.keys() == {"fr", "en"}
    assert all(text.strip() for text in phrase.values())
    assert blanks(phrase["fr"]) == blanks(phrase["en"])
    for edition in ("fr", "en"):
        said = say(key, edition, **dict.fromkeys(blanks(phrase["fr"]), "X"))
        assert not set(said) & set("{}")


def test_no_key_stands_twice():
    """YAML would keep the last without a word."""
    sources = {
        "a.yml": "other: {fr: autre, en: other}\nitem:\n  fr: point\n  en: item\n",
        "b.yml": "item:\n  en: item\n  fr: point\n",
    }
    with pytest.raises(ValueError, match=r"item, en: .*a\.yml, line 4; b\.yml, line 2"):
        gathered(sources)
    with pytest.raises(ValueError, match=r"item, fr: .*c\.yml, line 1; c\.yml, line 1"):
        gathered({"c.yml": "item: {fr: un, fr: deux, en: one}"})


def test_every_phrase_is_used():
    used = written() | composed() | set().union(*FROM_DATA.values())
    assert sorted(words().keys() - used) == []


def test_every_stem_stands_in_the_code():
    assert sorted(COMPOSED.keys() - written()) == []


def test_every_composed_key_has_a_phrase():
    assert sorted(composed() - words().keys()) == []


@pytest.mark.parametrize("source", FROM_DATA)
def test_every_key_from_the_data_has_a_phrase(source):
    assert sorted(set(FROM_DATA[source]) - words().keys()) == []


def test_every_call_with_a_key_in_words_fills_its_blanks_and_no_others():
    wrong = []
    for call in (call for _, tree in code() for call in calls(tree)):
        place = SPEAKING[ast.unparse(call.func)]
        key = call.args[place] if len(call.args) > place else None
        given = {keyword.arg for keyword in call.keywords}
        if not isinstance(key, ast.Constant) or None in given:
            continue  # composed, or filled from a mapping
        text = words().get(key.value, {"fr": "no such phrase"})["fr"]
        if key.value not in words() or given != blanks(text):
            wrong.append((key.value, given, blanks(text)))
    assert wrong == []
