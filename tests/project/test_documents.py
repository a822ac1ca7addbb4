"""Counts typed in the documents are those of the ledger and of the data."""

import re
from collections import Counter

import pytest
from conftest import ROOT

from ecrm_helpers.compendium.checks.verify import ledger_rows
from ecrm_helpers.ledger.identities import identities
from ecrm_helpers.ledger.quantities import recompute
from ecrm_helpers.study import read_published, read_study

PUBLISHED = read_published(read_study())
VALUES = PUBLISHED.values
ROWS = ledger_rows(PUBLISHED, recompute(ROOT, PUBLISHED))
AGREE = [row for row in ROWS if row.agrees]
BUILT_IN = [row for row in AGREE if row.known == "built_in"]
CLASS = Counter(row.verdict for row in ROWS)
KNOWN = Counter(value.known for value in VALUES.values())
TWO = sum(row.second is not None for row in ROWS)
NUMERALS, ERRATA = len(PUBLISHED.numerals), len(PUBLISHED.errata)
REST = len(ROWS) - len(AGREE)

#: Sentences of the documents with their counts, spaces of any kind as one.
TYPED = {
    "README.md": [
        f"**{len(ROWS)}** printed values and claims are compared; **{len(AGREE)}** "
        f"agree. **{len(BUILT_IN)}** of these matches hold by construction",
        f"The other {len(AGREE) - len(BUILT_IN)} show",
        f"The remaining {REST}, each with its reason: {CLASS['rounded_twice']} rounded "
        f"twice, {CLASS['depends_on_definition']} that depend on a definition, "
        f"{CLASS['contradicted']} contradicted, {CLASS['claim_not_supported']} "
        f"claims not supported, {CLASS['not_derivable']} not derivable. "
        f"{TWO} values are reached by two independent roads.",
        f"({NUMERALS}) is claimed by a row",
        f"{ERRATA} errata",
    ],
    "LISEZMOI.md": [
        f"**{len(ROWS)}** valeurs et affirmations publiées sont comparées ; "
        f"**{len(AGREE)}** concordent. **{len(BUILT_IN)}** de ces accords",
        f"Les {len(AGREE) - len(BUILT_IN)} autres montrent",
        f"Les {REST} valeurs restantes, chacune avec sa raison : "
        f"{CLASS['rounded_twice']} arrondie deux fois, "
        f"{CLASS['depends_on_definition']} qui dépendent d’une définition, "
        f"{CLASS['contradicted']} "
        f"contredites, {CLASS['claim_not_supported']} affirmations non étayées, "
        f"{CLASS['not_derivable']} non déductibles. {TWO} valeurs sont atteintes",
        f"Chacun des {NUMERALS} nombres",
        f"{ERRATA} errata",
    ],
    "REPRODUCING.md": [
        f"{len(ROWS)} values and claims compared: {len(AGREE)} agree, of which "
        f"{len(BUILT_IN)} by construction (no evidence). {CLASS['rounded_twice']} "
        f"rounded twice {CLASS['depends_on_definition']} depends on a definition "
        f"{CLASS['contradicted']} contradicted "
        f"{CLASS['claim_not_supported']} claim not supported "
        f"{CLASS['not_derivable']} not derivable {TWO} values",
        f"each of the {len(ROWS)}, with both roads",
        f"all {sum(each.hold for each in identities(VALUES))} identities",
    ],
    "CHANGELOG.md": [
        f"**{len(ROWS)} printed values and claims** are compared",
        f"**{len(AGREE)} agree**: {CLASS['exact']} exactly, {CLASS['rounds_to']} when "
        f"rounded. {len(BUILT_IN)} of these matches hold by construction. {TWO} values",
        f"**{REST} do not**: {CLASS['rounded_twice']} rounded twice, "
        f"{CLASS['depends_on_definition']} that depend on a definition, "
        f"{CLASS['contradicted']} contradicted, {CLASS['claim_not_supported']} claims "
        f"not supported, {CLASS['not_derivable']} not derivable",
        f"errata ({ERRATA}), `make verify`, the list of the chapter's "
        f"{NUMERALS} numerals",
    ],
    "data/README.md": [
        f"{len(VALUES)} printed values and claims",
        f"each of the {REST} that do not agree",
        f"{ERRATA} inconsistencies",
        f"the {NUMERALS} numerals",
        *(f"`{known}` ({n}: " for known, n in KNOWN.items()),
    ],
}


@pytest.mark.parametrize("document", TYPED)
def test_a_document_types_the_counts_of_the_ledger(document):
    text = re.sub(r"\s+", " ", (ROOT / document).read_text("utf-8"))
    assert [said for said in TYPED[document] if said not in text] == []


def test_what_makes_a_number_is_where_the_reviewer_s_page_says():
    text = (ROOT / "REPRODUCING.md").read_text("utf-8")
    section = text.partition("## Where a number in a sentence")[2].partition("\n## ")[0]
    named = re.findall(r"((?:`\w+`(?: and )?)+) in `([\w/]+\.py)`", section)
    assert len(named) > 5
    for functions, file in named:
        code = (ROOT / "src/ecrm_helpers" / file).read_text("utf-8")
        for name in re.findall(r"\w{3,}", functions.replace(" and ", " ")):
            assert f"\ndef {name}(" in code, (name, file)


def test_every_row_of_threats_names_tests_that_are_there_or_says_none():
    text = (ROOT / "docs/threats.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| (?!\*\*|what is tried)(.+) \| (.+) \| (.+) \|$", text, re.MULTILINE
    )
    assert len(rows) > 30
    assert text.count("|---|---|---|") == 1  # one table
    for tried, promised, tests in rows:
        named = re.findall(r"`([^`]+)`", tests)
        assert all((ROOT / "tests" / name).exists() for name in named), tried
        assert named or (tests == "none" and "not" in promised), tried
