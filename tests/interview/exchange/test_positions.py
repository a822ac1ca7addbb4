"""Where selections stand: any text, however its program counts it."""

import re

import pytest
from conftest import often
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ecrm_helpers.interview.anchors import normal
from ecrm_helpers.interview.exchange.positions import Places, Selection

#: Whole letters: cut between them, each text is normal on either side alone.
letters = st.sampled_from(
    ["a", "b", " ", "\r\n", "e\u0301", "é", "😀", "\n", "Oui.", "ا"]
)
cut = st.lists(letters, max_size=12)
inside = st.lists(letters, min_size=1, max_size=6)
marks = st.sampled_from(["", "\ufeff"])


@given(before=cut, words=inside, after=cut, mark=marks)
@settings(deadline=None, derandomize=True, max_examples=often(100))
def test_a_position_in_the_files_text_is_kept_whatever_its_form(
    before, words, after, mark
):
    before, words, after = map("".join, (before, words, after))
    raw = mark + before + words + after
    selection = Selection(len(before), len(before + words), "")
    (start, end), doubt = Places(raw, [selection]).place(selection)
    assert (start, end) == (len(normal(before)), len(normal(before + words)))
    assert doubt in ("", "doubt_torn")


WAYS = {
    "standard": len,
    "crlf once": lambda t: len(t.replace("\r\n", "\n")),
    "utf-16": lambda t: len(t.encode("utf-16-le")) // 2,
    "utf-16, crlf once": lambda t: (
        len(t.replace("\r\n", "\n").encode("utf-16-le")) // 2
    ),
    "composed": lambda t: len(normal(t)),
}


@pytest.mark.parametrize("way", WAYS)
@given(before=cut, words=inside, after=cut, shown=st.integers(3, 9))
@settings(deadline=None, derandomize=True, max_examples=often(50))
def test_a_name_that_stands_once_repairs_any_way_of_counting(
    way, before, words, after, shown
):
    before, words, after = "".join(before), "<" + "".join(words) + ">", "".join(after)
    raw = before + words + after
    count = WAYS[way]
    whole = " ".join(words.split())
    name = whole if len(whole) <= shown else whole[:shown].rstrip() + " …"
    selection = Selection(count(before), count(before + words), name)
    (start, _), doubt = Places(raw, [selection]).place(selection)
    assert start == len(normal(before)) or doubt
    if name == whole:
        end = Places(raw, [selection]).place(selection)[0][1]
        read = normal(raw)[:end].rstrip()  # a blank that follows says nothing
        assert read == normal(before + words)


@given(before=cut, words=inside, after=cut, label=st.text("abOui. x", max_size=8))
@settings(deadline=None, derandomize=True, max_examples=often(100))
def test_a_label_never_moves_a_passage(before, words, after, label):
    before, words, after = "".join(before), "x" + "".join(words) * 9, "".join(after)
    assume(not re.search(r"…\s*$|\.\.\.\s*$", label))
    assume(len(label) < len(normal(words)) - words.count("\n") - words.count("😀"))
    raw = before + words + after
    selection = Selection(len(before), len(before + words), label)
    span, _ = Places(raw, [selection]).place(selection)
    assert span == (len(normal(before)), len(normal(before + words)))


def test_what_position_and_cut_name_leave_open_is_said():
    text = "One thing and another. One thing and more. The end."
    known = Selection(30, 42, "One thing …"), Selection(0, 9, "Nowhere here …")
    places = Places(text, [])
    assert places.place(known[0])[1] == "doubt_several"
    assert places.place(known[1]) == ((0, 9), "doubt_name")
    assert places.place(Selection(45, 90, ""))[1] == "doubt_outside"


@given(before=cut, words=inside, after=cut, label=st.text("ab", min_size=1))
@settings(deadline=None, derandomize=True, max_examples=often(100))
def test_a_name_is_never_put_where_no_position_is_without_a_word(
    before, words, after, label
):
    raw = "".join([*before, " ", *words, " ", *after])
    for start, end in ((3, 3), (5, 2), (900, 950)):
        span, doubt = Places(raw, [one := Selection(start, end, label)]).place(one)
        assert doubt, (span, start, end)
        if doubt == "doubt_words":
            around = " " + normal(raw) + " "
            assert not around[span[0]].isalnum()
            assert not around[span[1] + 1].isalnum()


@given(before=cut, words=inside, after=cut, off=st.sampled_from([-1, 1]))
@settings(deadline=None, derandomize=True, max_examples=20)
def test_an_end_that_is_one_off_is_put_right_and_said(before, words, after, off):
    before, words, after = ("".join(map(normal, of)) for of in (before, words, after))
    words = f"x{words}y"
    text = f"{before}|{words}|{after}"
    start, end = len(before) + 1, len(before) + 1 + len(words)
    other = Selection(start, end + off, words)
    span, doubt = Places(text, [other]).place(other)
    assert span == (start, end)
    # Programs may count a line's end or an emoji as one sign more.
    assert doubt == "doubt_words" or {*words} & {"\n", "😀"}


def test_a_short_label_as_long_as_its_passage_is_said_where_it_moves_it():
    text = "Client : Cher. " + "x" * 60 + " Prix."
    at = text.index("Cher")
    (start, _), doubt = Places(text, []).place(Selection(at, at + 4, "Prix"))
    assert start == at or doubt == "doubt_words"


def test_a_cut_name_that_begins_with_a_blank_keeps_it():
    text = "E\u0301 \U0001f600" * 3 + "\n\nmais le prix monte toujours, vraiment, oui."
    start = text.index("\n\n")
    wide = Selection(start + 3, start + 33, text[start : start + 24] + "…")
    (found, end), doubt = Places(text, [wide]).place(wide)
    away = 3  # three É are one sign each
    assert (found, end, doubt) == (start - away, start - away + 30, "")


def counted(text, a, b, way):
    """Count the ends of a passage as programs do that are not the standard."""
    encoded = {"bytes": ("utf-8", 1), "utf16": ("utf-16-le", 2)}
    if way == "crlf as one":
        return a - text[:a].count("\r"), b - text[:b].count("\r")
    if way == "points":
        return a, b
    coding, width = encoded[way]
    return tuple(len(text[:end].encode(coding)) // width for end in (a, b))


@pytest.mark.parametrize("way", ["points", "bytes", "utf16", "crlf as one"])
def test_passages_without_words_tell_by_whole_words_how_they_are_counted(way):
    """Each passage has the words that were counted, and says so where it may not."""
    text = "".join(f"Réponse 😀 {n} : le prix était élevé.\r\n" for n in range(9))
    spans = [m.span() for m in re.finditer("le prix était élevé", text)]
    asked = [Selection(*counted(text, *span, way), "") for span in spans]
    found = Places(text, asked)
    placed = [found.place(of) for of in asked]
    words = [found.text[slice(*span)] for span, _ in placed]
    assert words == ["le prix était élevé"] * len(spans)
    doubts = {doubt for _, doubt in placed}
    assert doubts <= {"doubt_counting", "doubt_outside"} or way == "points"
    assert doubts == {""} or way != "points"


def test_a_count_that_nothing_explains_is_not_believed():
    said = "Le prix était élevé pour nous tous depuis longtemps. "
    text = said * 9
    asked = [Selection(n * len(said) + 4, n * len(said) + 13, "") for n in range(9)]
    found = Places(text, asked)
    assert {found.place(of) for of in asked} == {((0, 0), "lost_counting")}
    alone = Places(text, asked[:1])
    assert alone.place(asked[0]) == ((4, 13), "doubt_torn")
