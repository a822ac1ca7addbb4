"""Every phrase in both editions with the same blanks, and none without a use.

A key is used where it stands, as a word, in a text of the code, of a notebook or
of a template: who searches for it finds its use. Keys that a value picks are
listed beside where they are picked (`printed.keyed`).
"""

import ast
import builtins
import csv
import re
import sys
from dataclasses import fields
from functools import cache
from string import Formatter
from typing import get_args, get_type_hints

import nbformat
import pytest
from conftest import BOOKS, ROOT
from project.sources import SOURCE, trees
from pydantic_core.core_schema import ErrorType

from ecrm_helpers.answers import export
from ecrm_helpers.answers.audit import Origin
from ecrm_helpers.answers.read import Basis
from ecrm_helpers.cli import check_text, robustness
from ecrm_helpers.compendium.checks import prove
from ecrm_helpers.compendium.checks.mutations import read_mutations
from ecrm_helpers.compendium.site import dictionary_page, report
from ecrm_helpers.interview.coders import Agreement
from ecrm_helpers.interview.evidence import Reading
from ecrm_helpers.interview.tables import DIRECTIONS, Material
from ecrm_helpers.ledger import agreement, identities, terms
from ecrm_helpers.ledger.checked_text.verdict import Note, Verdict
from ecrm_helpers.ledger.implied import implied
from ecrm_helpers.ledger.record import FIRST_ROAD
from ecrm_helpers.printed import say, words
from ecrm_helpers.printed.words import gathered
from ecrm_helpers.shown import wording
from ecrm_helpers.shown.coded import agreements, codings, judgements
from ecrm_helpers.shown.hypotheses import layouts, pictures, ranges, side_tests
from ecrm_helpers.shown.survey import file_report
from ecrm_helpers.statistics.admissible import JointMeasure, Measure, Reason
from ecrm_helpers.statistics.robustness import derived
from ecrm_helpers.study import Association, Hypothesis, Question, read_study
from ecrm_helpers.study.published import read_values
from ecrm_helpers.study.reading import SCHEMA

REASONS = sys.modules["ecrm_helpers.statistics.admissible.reason"]
#: Functions that take a key, and the place of the key among their arguments.
SPEAKING = {"say": 0, "told": 0, "_fault": 0, "paragraph": 1, "Wrong": 0, "Failed": 0}
SPEAKING |= {"tell": 0, "warn": 0}
VALUES = read_values(ROOT / "data/published/values.csv")
COMPARED = [value for value in VALUES.values() if value.known != "context"]


def choices(annotation):
    return set(annotation.__args__)


def column(table, name):
    with (ROOT / f"data/interview/{table}.csv").open(encoding="utf-8") as file:
        return {row[name] for row in csv.DictReader(file)}


PUBLISHED = choices(Question.model_fields["published"].annotation)

#: Keys that a value picks, and all values that there are.
PICKED = [
    (agreement.PLACE, {v.place for v in COMPARED if not v.place.startswith("Q")}),
    (agreement.STATISTIC, {v.statistic for v in COMPARED}),
    (terms.CONCLUSIONS, {v.section for v in COMPARED if "conclusion" in v.section}),
    (identities.IDENTITY, {each.name for each in identities.identities(VALUES)}),
    (file_report.PUBLISHED, PUBLISHED),
    (wording.SAYABLE, PUBLISHED),
    (wording.ORIGIN, choices(Origin)),
    (export.STAMP, choices(Origin) - {"own"}),
    (layouts.NOTE, choices(Basis)),
    (side_tests.CAPTION, choices(Basis)),
    (pictures.CAPTION, choices(Basis)),
    (check_text.VERDICT, choices(Verdict)),
    (check_text.NOTE, choices(Note) - {""}),
    (REASONS._SAID, choices(get_type_hints(Reason)["value"])),
    (robustness.MEASURE, choices(Measure)),
    (derived.MEASURE, choices(JointMeasure)),
    (ranges.SHARE, choices(Measure)),
    (report.CLASS, report.ORDER),
    (report.MEANS, report.ORDER),
    (dictionary_page.TYPE, {"string", "integer"}),
    (prove.MUTATION, {mutation.operator for mutation in read_mutations()}),
    (codings.SOURCE, choices(Material)),
    (codings.NOTE, choices(Material)),
    (judgements.CHECKLIST, column("checklists", "checklist")),
    (judgements.CHECKED, column("checklists", "checklist")),
    (judgements.READING, choices(Reading)),
    (
        agreements.AGREE,
        {
            field.name.replace("_low", "_ends").replace("_high", "_ends")
            for field in fields(Agreement)
        },
    ),
    (judgements.KIND, read_study().hypotheses["h1"].weights),
]

#: Keys that come out of a table or a record as they stand.
FROM_DATA = {
    "status of a printed value": {v.known for v in COMPARED} | {"compared"},
    "verdict of the thesis": choices(
        Hypothesis.model_fields["thesis_verdict"].annotation
    ),
    "origin of a code": column("codebook", "origin"),
    "direction of a statement": set(DIRECTIONS),
    "kind of text": choices(Material),
    "association": choices(Association),
    "road to a value": {way.how for way in implied(VALUES, read_study()).values()}
    | set(FIRST_ROAD.values()),
}


def texts(tree, without):
    """Give the string constants of a piece of code, but those left out."""
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in without
    }


def calls(tree):
    """Give the calls that say something."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and place_of(node) is not None
    ]


@cache
def code():
    """Give every module, and every code cell of every notebook."""
    cells = [cell for path in BOOKS for cell in nbformat.read(path, as_version=4).cells]
    texts = [cell.source for cell in cells if cell.cell_type == "code"]
    return [*trees().values(), *map(ast.parse, texts)]


@cache
def said():
    """Give every call that says something."""
    return [call for tree in code() for call in calls(tree)]


def name_of(call):
    return ast.unparse(call.func).rpartition(".")[2]


def place_of(call):
    """Give the place of the key among a call's arguments, if it takes one."""
    name = name_of(call)
    if ast.unparse(call.func) == "progress.say":
        return None
    ours = name.endswith("Error") and not hasattr(builtins, name)
    return 0 if ours else SPEAKING.get(name)


def written():
    """Give every word of a text in a module, notebook or template."""
    found = set()
    for tree in code():
        about = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
        found |= {word for text in texts(tree, about) for word in text.split()}
    for path in (SOURCE / "compendium/render/templates").rglob("*.j2"):
        found |= set(re.findall(r'\b(?:say|words)\("(\w+)"\)', path.read_text("utf-8")))
    return found


def blanks(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def unlike(phrase):
    """Tell of a phrase what its editions have that the other has not."""
    if phrase.keys() != {"fr", "en"} or not all(map(str.strip, phrase.values())):
        return "editions"
    if blanks(phrase["fr"]) != blanks(phrase["en"]):
        return "blanks"
    return ""


def braces(key, phrase, edition):
    """Count the braces of what is said that are meant; they stand twice in words."""
    said = say(key, edition, **dict.fromkeys(blanks(phrase["fr"]), "X"))
    meant = [phrase[edition].count(twice) for twice in ("{{", "}}")]
    return [said.count("{"), said.count("}")] == meant


def test_every_phrase_has_both_editions_with_the_same_blanks():
    assert len(words()) > 1500
    wrong = {key: unlike(phrase) for key, phrase in words().items() if unlike(phrase)}
    assert wrong == {}
    assert [
        (key, edition)
        for key, phrase in words().items()
        for edition in ("fr", "en")
        if not braces(key, phrase, edition)
    ] == []


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


def test_every_phrase_is_found_by_searching_for_its_key():
    assert sorted(words().keys() - written()) == []


def test_no_key_is_composed():
    composed = [
        ast.unparse(call)
        for call in said()
        for key in call.args[place_of(call) :][:1]
        if isinstance(key, ast.JoinedStr)
    ]
    assert composed == []


def test_every_key_that_is_picked_has_a_phrase_and_its_stem():
    listed = 0
    for tree in code():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and name_of(node) == "keyed":
                stem, keys = (ast.literal_eval(part) for part in node.args)
                assert [k for k in keys.split() if k not in words()] == []
                assert all(key.startswith(stem) for key in keys.split())
                listed += 1
    assert listed > 40


@pytest.mark.parametrize(("keys", "values"), PICKED)
def test_a_key_is_listed_for_each_value_that_picks_one(keys, values):
    assert sorted(set(values) - keys.keys()) == []


def test_what_pydantic_finds_is_named_as_pydantic_names_it():
    assert SCHEMA.keys() <= set(get_args(ErrorType))


@pytest.mark.parametrize("source", FROM_DATA)
def test_every_key_from_the_data_has_a_phrase(source):
    assert sorted(set(FROM_DATA[source]) - words().keys()) == []


def test_every_call_with_a_key_in_words_fills_its_blanks_and_no_others():
    wrong = []
    for call in said():
        place = place_of(call)
        key = call.args[place] if len(call.args) > place else None
        given = {keyword.arg for keyword in call.keywords}
        if not isinstance(key, ast.Constant) or None in given:
            continue  # composed, or filled from a mapping
        text = words().get(key.value, {"fr": "no such phrase"})["fr"]
        if key.value not in words() or given != blanks(text):
            wrong.append((key.value, given, blanks(text)))
    assert wrong == []
