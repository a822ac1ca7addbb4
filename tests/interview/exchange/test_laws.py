"""Laws of whole kinds of faults, tried on any of their kind."""

import io
import re
import zipfile
from functools import cache

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecrm_helpers.interview.coders import compare
from ecrm_helpers.interview.coefficients import measure
from ecrm_helpers.interview.evidence import statements
from ecrm_helpers.interview.exchange import formats as exchange
from ecrm_helpers.interview.exchange.carried import Carried, Code, Quotation
from ecrm_helpers.interview.exchange.tabled import tables
from ecrm_helpers.interview.exchange.together import together
from ecrm_helpers.interview.matrices import active
from ecrm_helpers.interview.tables import InterviewError
from ecrm_helpers.study import Hypothesis

few = settings(deadline=None, max_examples=12, derandomize=True)
GUID = "{}{:07}-0000-4000-8000-000000000000".format
SPACE = "urn:QDA-XML:project:1.0"


def refi(path, texts, marks=(), *, pdf=(), lacking=(), beside=None):
    """Write a project with two codes: marks are (text, start, end, code)."""
    codes = "".join(
        f'<Code guid="{GUID("a", n)}" name="{name}" isCodable="true"/>'
        for n, name in enumerate(("Prix", "Accueil"))
    )
    sources = ""
    for n in range(len(texts)):
        parts = "".join(
            f'<PlainTextSelection guid="{GUID("c", k)}" startPosition="{start}" '
            f'endPosition="{end}"><Coding guid="{GUID("d", k)}" '
            f'creatingUser="{GUID("e", 0)}"><CodeRef targetGUID="{GUID("a", code)}"/>'
            "</Coding></PlainTextSelection>"
            for k, (of, start, end, code) in enumerate(marks)
            if of == n
        )
        at = f'guid="{GUID("b", n)}" name="t{n}"'
        to = f'plainTextPath="internal://{GUID("b", n)}.txt"'
        sources += (
            f'<PDFSource {at} path="internal://x.pdf"><Representation '
            f'guid="{GUID("f", n)}" name="r" {to}>{parts}</Representation></PDFSource>'
            if n in pdf
            else f"<TextSource {at} {to}>{parts}</TextSource>"
        )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "project.qde",
            f'<Project xmlns="{SPACE}" name="p"><Users><User guid="{GUID("e", 0)}" '
            f'name="lea"/></Users><CodeBook><Codes>{codes}</Codes></CodeBook>'
            f"<Sources>{sources}</Sources></Project>",
        )
        for n, text in enumerate(texts):
            if n not in lacking:
                archive.writestr(f"sources/{GUID('b', n)}.txt", text)
        for name, raw in (beside or {}).items():
            archive.writestr(name, raw)
    return path


TEXTS = [f"Texte {n} : un prix, un accueil, et rien." for n in range(3)]
#: Whole words are marked: what cuts one is doubtful (`test_positions`).
WORDS = [word.span() for word in re.finditer(r"\w+", TEXTS[0])]
MARKS = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(WORDS), st.integers(0, 1)), max_size=8
).map(lambda found: [(of, *span, code) for of, span, code in found])


def triples(found):
    """Give what is coded: the words, where, and the code's name."""
    rows = found.segments.merge(found.codings, on="segment_id")
    return {
        (r.doc_id, r.start, r.end, found.names[r.code_id]) for r in rows.itertuples()
    }


def meant(marks, docs):
    names = "Prix", "Accueil"
    return {(f"t{of}", a, b, names[code]) for of, a, b, code in marks if of in docs}


# --- Files that lack something, or hold more


@given(marks=MARKS, pdf=st.sets(st.integers(0, 2)))
@few
def test_codings_of_a_pdfs_text_are_those_of_a_text(tmp_path_factory, marks, pdf):
    path = tmp_path_factory.mktemp("pdf") / "p.qdpx"
    found, lost = exchange.imported(refi(path, TEXTS, marks, pdf=pdf))
    assert triples(found) == meant(marks, {0, 1, 2})
    assert lost.empty


@pytest.mark.slow
@given(marks=MARKS, lacking=st.sets(st.integers(0, 2), max_size=2))
@few
def test_texts_that_lack_leave_the_others_whole(tmp_path_factory, marks, lacking):
    path = tmp_path_factory.mktemp("lack") / "p.qdpx"
    found, lost = exchange.imported(refi(path, TEXTS, marks, lacking=lacking))
    assert triples(found) == meant(marks, {0, 1, 2} - lacking)
    gone = lost[lost["quotation"] == ""]
    assert set(gone["document"]) == {f"t{n}" for n in lacking}
    of_them = [code for of, *_, code in marks if of in lacking]
    assert (lost["codes"] != "").sum() == len(of_them)


@pytest.mark.slow
@given(marks=MARKS, more=st.integers(0, 900), large=st.integers(0, 1))
@few
def test_what_need_not_be_read_refuses_nothing(tmp_path_factory, marks, more, large):
    beside = {f"sources/audio{n}.mp3": b"\0" for n in range(more)}
    beside |= {"sources/film.mp4": bytes(21_000_000)} if large else {}
    beside |= {"__MACOSX/._project.qde": b"\0", "__MACOSX/sources/._x.txt": b"\0"}
    path = tmp_path_factory.mktemp("many") / "p.qdpx"
    found, _ = exchange.imported(refi(path, TEXTS, marks, beside=beside))
    assert triples(found) == meant(marks, {0, 1, 2})


# --- A kit's workbook, filled in by hand


@cache
def kit():
    quotation = Quotation("t", 0, TEXTS[0][:5], ({"code": "p", "coder": "lea"},))
    codes, coders = (Code("p", "", "Prix"),), {"lea": ("lea", "")}
    corpus, _ = tables(Carried({"t": TEXTS[0]}, codes, (quotation,), coders))
    return exchange.exported(corpus, ".xlsx", "fr")


@pytest.mark.slow
@given(
    code=st.text("éa ;>#'+@", min_size=1, max_size=8).filter(str.strip),
    words=st.sampled_from(["un prix", "un accueil", "et rien"]),
    number=st.sampled_from([None, "", 1]),
)
@settings(few, max_examples=6)
def test_rows_and_codes_added_to_a_kit_are_read(tmp_path_factory, code, words, number):
    book = openpyxl.load_workbook(io.BytesIO(kit()))
    book["codebook"].append([None, None, code])
    start = TEXTS[0].index(words) if number == 1 else number
    book["coding"].append([None, "t", start, None, None, None, words, code])
    path = tmp_path_factory.mktemp("kit") / "k.xlsx"
    book.save(path)
    found, lost = exchange.imported(path)
    at = TEXTS[0].index(words)
    name = " ".join(code.split())
    assert triples(found) == {("t", 0, 5, "Prix"), ("t", at, at + len(words), name)}
    assert lost.empty


# --- Codes that a study names


@given(st.sets(st.sampled_from(["prix", "accueil", "delai", "choix"]), min_size=1))
@few
def test_every_code_that_the_data_lack_is_named(wanted):
    codes = tuple(Code(name, "", name) for name in ("prix", "accueil"))
    interview, _ = tables(Carried({"t": "Le prix."}, codes))
    hypothesis = Hypothesis.model_construct(codes={"for": sorted(wanted)})
    lacking = wanted - {"prix", "accueil"}
    if not lacking:
        assert statements(interview, hypothesis).empty
        return
    with pytest.raises(InterviewError) as caught:
        statements(interview, hypothesis)
    said = str(caught.value)
    assert all(code in said for code in lacking)


# --- Agreement


LINES = [f"Phrase inventée numéro {n}." for n in range(4)]
COPIES = [f"Entretien {n}.\n" + "\n".join(LINES) for n in range(3)]
SAID = st.sets(st.tuples(st.integers(0, 2), st.integers(0, 3)), min_size=1)


def coded(who, said, docs):
    """Give a corpus of some interviews whose lines one coder marked."""
    quotations = tuple(
        Quotation(
            f"e{doc}",
            COPIES[doc].index(LINES[line]),
            LINES[line],
            ({"code": "p", "coder": who},),
        )
        for doc, line in sorted(said)
        if doc in docs
    )
    texts = {f"e{doc}": COPIES[doc] for doc in docs}
    book = (Code("p", "", "Prix"),)
    return tables(Carried(texts, book, quotations, {who: (who, "")}))[0]


@pytest.mark.slow
@given(said=SAID, other=SAID, docs=st.sets(st.integers(0, 2), min_size=1))
@few
def test_interviews_that_one_did_not_receive_change_nothing(said, other, docs):
    """What is counted is what two coders say who both had only those interviews."""
    both = [{(d, n) for d, n in of if d in docs} for of in (said, other)]
    if not all(both):
        return
    parts = coded("a", said, {0, 1, 2}), coded("b", other, docs)
    whole, _ = together(parts)
    found = compare(whole, *active(whole), resamples=0)
    one, two = both
    counts = found.over_all
    assert (counts.both, counts.first_only) == (len(one & two), len(one - two))
    assert (counts.second_only, counts.neither) == (len(two - one), 0)
    left_out = {name.rpartition("e")[2] for name in found.left_out}
    assert left_out == {str(n) for n in {0, 1, 2} - docs}
    assert found.over_characters.kappa_low is None


@given(n=st.integers(1, 40), yes=st.booleans())
@few
def test_where_all_say_the_same_ac1_is_one(n, yes):
    said = np.full((n, 1), yes)
    assert measure(said, said, resamples=0).ac1 == 1
