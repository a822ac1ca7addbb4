"""Matrices are those of plain sets."""

from dataclasses import replace

import pytest
from material import artificial
from material.interview import FOLDER, sets

from ecrm_helpers.interview import matrices
from ecrm_helpers.interview.tables import read_interview


def test_a_segment_counts_once_in_each_theme_and_section(ours):
    pairs, theme, sections = sets()
    once = {(segment, theme[code]) for segment, code in pairs}
    table = matrices.counts(ours)
    for row in table.index:
        for column in table:
            n = sum(t == row and sections[s] == column for s, t in once)
            assert table.loc[row, column] == n
    assert list(table.index) == [c for c, t in theme.items() if c == t]
    assert list(table.columns) == list(dict.fromkeys(sections.values()))


@pytest.mark.parametrize("place", ["segment_id", "section"])
def test_cooccurrence_is_that_of_sets_of_places(ours, place):
    pairs, _, sections = sets()
    places = {}
    for segment, code in pairs:
        where = segment if place == "segment_id" else sections[segment]
        places.setdefault(code, set()).add(where)
    found = matrices.cooccurrence(ours, place)
    for row in found.itertuples():
        a, b = places[row.first], places[row.second]
        assert (row.both, row.either) == (len(a & b), len(a | b))
        assert row.jaccard == len(a & b) / len(a | b)
    codes = sorted(places)
    meeting = sum(
        bool(places[a] & places[b]) for i, a in enumerate(codes) for b in codes[i + 1 :]
    )
    assert len(found) == meeting


def test_coverage_counts_each_code_point_once(ours):
    inside = {
        point
        for row in ours.segments.itertuples()
        for point in range(row.start, row.end)
    }
    marks = matrices.points(ours, ours.segments["segment_id"])
    assert marks.sum() == len(inside)
    assert len(marks) == len(ours.texts["report"])
    spans = ours.segments.set_index("segment_id")
    length = spans.loc["S21", "end"] - spans.loc["S21", "start"]
    length += spans.loc["S05", "end"] - spans.loc["S05", "start"]
    share = matrices.frequency(ours).loc["limits-insufficient", "coverage"]
    assert share == pytest.approx(100 * length / len(marks), rel=1e-12)


def test_a_keyword_stands_where_it_says(ours):
    text = ours.texts["report"]
    found = matrices.keyword(ours, "client")
    assert len(found) == text.lower().count("client")
    for row in found.itertuples():
        assert text[row.start :].startswith(row.word)
        line = text.splitlines()[row.line - 1]
        assert (row.left.lstrip("…") + row.word + row.right.rstrip("…")) in line


def test_only_our_own_interview_has_a_word_that_is_looked_for_unasked(ours):
    found = matrices.keyword(ours)
    words = {*found["word"].str.lower()}
    assert words in ({"suffit"}, {"enough", "sufficient"})
    assert matrices.keyword(replace(ours, own=False)).empty


def test_codes_met_never_fall_and_end_at_all_that_are_used(ours):
    met = matrices.discovery(ours)
    assert met.is_monotonic_increasing
    assert met.iloc[-1] == len({code for _, code in sets()[0]})


def test_the_order_of_the_rows_of_a_table_changes_no_count(folder):
    path = folder / "codings.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([header, *reversed(rows)]) + "\n", encoding="utf-8")
    turned = matrices.counts(read_interview(folder, "fr"), level="code")
    assert turned.equals(matrices.counts(read_interview(FOLDER, "fr"), level="code"))


def test_a_transcript_gives_its_turns_and_speakers(tmp_path):
    talk = read_interview(artificial.written(tmp_path))
    assert matrices.widest(talk) == "turn"
    table = matrices.counts(talk, "speaker")
    assert table.loc["outcomes"].to_dict() == {"Q": 0, "A": 1}
    assert matrices.counts(talk, "turn", "code", "two").to_numpy().sum() == 3
