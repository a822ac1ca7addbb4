"""REFI-QDA read: other programs' ways, and what has no place in the text."""

import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from material.projects import SPEECH, A, B, C, T, U, project, qda, qualcoder, selection

from ecrm_helpers.interview.exchange import formats as exchange
from ecrm_helpers.interview.tables import InterviewError

#: What `qualcoder` writes beside and the tables have no place for.
BESIDE = {"colour of the code", "category that its program does not let be coded"}


def test_a_project_in_other_ways_is_understood(tmp_path):
    xml = "\ufeff" + qualcoder(selection("no blog", 35, 42))
    path = tmp_path / "q.qdpx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Whatever Name.QDE", xml)
        archive.writestr(f"Sources/{T.upper()}.TXT", "\ufeff" + SPEECH)
    found, lost = exchange.imported(path)
    assert set(lost["reason"]) == BESIDE
    assert found.texts == {"talk": SPEECH.replace("\r\n", "\n")}
    (row,) = found.segments.itertuples()
    assert (row.excerpt, row.start, row.end) == ("no blog", 34, 41)
    assert found.codings.iloc[0].tolist() == [
        "S1",
        "blog",
        "Ann",
        "1",
        "2026-01-02",
        "",
    ]
    assert found.codebook["parent_id"].tolist() == ["", "tools"]
    assert found.codebook["definition"].tolist() == ["", "what"]


@pytest.mark.parametrize(
    ("quoted", "start", "end", "place"),
    [
        ("one tool", 12, 20, 12),  # as it is
        ("one tool", 44, 52, 43),  # the second of two, one off for its CRLF
        ("one tool", 0, 0, 12),  # no offsets to speak of
        ("Quotation 7", 12, 20, 12),  # a name that is no quotation
        ("one …", 12, 20, 12),  # cut short by a program
    ],
)
def test_a_passage_is_found_by_its_words(tmp_path, quoted, start, end, place):
    xml = qualcoder(selection(quoted, start, end))
    path = project(tmp_path / "q.qdpx", xml, **{f"sources__{T}": SPEECH})
    found, lost = exchange.imported(path)
    doubtful = lost[~lost["reason"].isin(BESIDE)]
    assert len(doubtful) == (start == end)
    assert found.segments["start"].tolist() == [place]
    assert found.segments["excerpt"].tolist() == ["one tool"]


@pytest.mark.parametrize(
    ("coded", "doubts"),
    [("cp1252", 1), ("utf-16-le", 0), ("utf-16-be", 0), ("utf-16", 0), ("utf-8", 0)],
)
def test_a_text_in_another_encoding_is_read_and_said(tmp_path, coded, doubts):
    speech = SPEECH.replace("tool", "côté")
    xml = qualcoder(selection("no blog", 35, 42))
    texts = {f"sources__{T}": speech.encode(coded)}
    found, lost = exchange.imported(project(tmp_path / "q.qdpx", xml, **texts))
    assert found.texts == {"talk": speech.replace("\r\n", "\n")}
    assert found.segments["excerpt"].tolist() == ["no blog"]
    assert lost["reason"].str.contains("cp1252").sum() == doubts


def test_what_has_no_identifier_is_known_where_it_is_alone(tmp_path):
    xml = qualcoder(selection("no blog", 35, 42)).replace(f' guid="{C}"', "")
    xml = xml.replace(f'guid="{B}"', 'guid=""').replace(B.upper(), "")
    speech = {f"sources__{T}": SPEECH}
    found, lost = exchange.imported(project(tmp_path / "q.qdpx", xml, **speech))
    assert found.codings["code_id"].tolist() == ["blog"]
    assert set(lost["reason"]) == BESIDE
    both = xml.replace(f'<Code guid="{A}"', "<Code")
    found, lost = exchange.imported(project(tmp_path / "b.qdpx", both, **speech))
    assert found.codebook["parent_id"].tolist() == ["", "tools"]
    assert found.codings.empty
    assert "a code that the codebook lacks" in set(lost["reason"])


def test_codes_of_one_identifier_are_refused_by_name(tmp_path):
    xml = qualcoder().replace(f'<Code guid="{B}"', f'<Code guid="{{{A.upper()}}}"')
    path = project(tmp_path / "q.qdpx", xml, **{f"sources__{T}": SPEECH})
    with pytest.raises(InterviewError, match=r": Tools, Blog;"):
        exchange.imported(path)


def test_what_has_no_place_is_listed_and_the_rest_is_kept(tmp_path):
    xml = qualcoder(
        selection("no blog", 35, 42)
        + selection("one tool", 12, 20, code=C)
        + selection("", 900, 950)
    ).replace("</Sources>", f'<PDFSource guid="{A}" name="a.pdf"/></Sources>')
    path = project(tmp_path / "q.qdpx", xml, **{f"sources__{T}": SPEECH})
    found, lost = exchange.imported(path)
    assert len(found.codings) == 1
    assert lost["reason"].tolist() == [
        "a source that is not plain text",
        "colour of the code",
        "category that its program does not let be coded",
        "a code that the codebook lacks",
        "the words do not occur in the text",
    ]
    assert qda("import", path, "--to", tmp_path / "out") == 0
    listed = (tmp_path / "out/unanchored.csv").read_text(encoding="utf-8")
    assert "a.pdf" in listed
    assert "one tool" in listed


def test_equal_names_of_sources_and_a_source_without_text(tmp_path):
    rich = f'<TextSource guid="{A}" name="talk" richTextPath="internal://x.docx">'
    xml = qualcoder(selection("no blog", 35, 42)).replace(
        "</Sources>", f"{rich}{selection('in rich text', 1, 9)}</TextSource></Sources>"
    )
    path = project(tmp_path / "q.qdpx", xml, **{f"sources__{T}": SPEECH})
    found, lost = exchange.imported(path)
    assert found.segments["excerpt"].tolist() == ["no blog"]
    lost = lost[~lost["reason"].isin(BESIDE)]
    assert set(lost["document"]) == {f"talk ({A})"}
    assert lost["quotation"].tolist() == ["", "in rich text"]


def test_notes_of_others_become_memos_and_definitions(tmp_path):
    coding = selection("no blog", 35, 42).replace(
        "</Coding>", f'<NoteRef targetGUID="{A}"/></Coding>'
    )
    notes = (
        f'<Notes><Note guid="{A}" name="n"><PlainTextContent>Seen: twice.'
        f"</PlainTextContent></Note></Notes>"
    )
    path = project(
        tmp_path / "q.qdpx", qualcoder(coding, notes), **{f"sources__{T}": SPEECH}
    )
    assert exchange.imported(path)[0].codings["memo"].tolist() == ["Seen: twice."]


def test_taguettes_codebook_with_its_empty_sets_is_read(tmp_path):
    path = tmp_path / "t.qdc"
    path.write_text(
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<CodeBook xmlns="urn:QDA-XML:codebook:1.0" '
        f'origin="Taguette 1.5.2"><Codes><Code guid="{A.upper()}" name="Blog" '
        'isCodable="true"/></Codes><Sets/></CodeBook>',
        encoding="utf-8",
    )
    found, _ = exchange.imported(path)
    assert found.codebook["name"].tolist() == ["Blog"]
    assert found.codebook["guid"].tolist() == [A]


def inline(text, *selections, name="talk", guid=T):
    inner = f"<PlainTextContent>{text}</PlainTextContent>{''.join(selections)}"
    return f'<TextSource guid="{guid}" name="{name}">{inner}</TextSource>'


def of_sources(path, *sources, texts=None, **asked):
    whole = qualcoder(**asked)
    start, end = whole.index("<TextSource"), whole.index("</Sources>")
    return project(path, whole[:start] + "".join(sources) + whole[end:], **texts or {})


def test_texts_of_one_name_in_two_folders_are_not_taken_for_each_other(tmp_path):
    sources = [
        f'<TextSource guid="{g}" name="{n}" plainTextPath="relative:///{n}/t.txt"/>'
        for g, n in ((T, "a"), (A, "b"), (C, "c"))
    ]
    texts = {"sources__a__t": "one", "sources__b__t": "two"}
    found, lost = exchange.imported(
        of_sources(tmp_path / "q.qdpx", *sources, texts=texts)
    )
    assert found.texts == {"a": "one", "b": "two"}
    assert "c" in set(lost["document"])


def test_users_with_the_same_initials_stay_two(tmp_path):
    users = "".join(
        f'<User guid="{g}" name="{n}" id="AM"/>' for g, n in ((U, "Ann"), (A, "Al"))
    )
    theirs = selection("one", 0, 3).replace(U.upper(), A.upper())
    source = inline("one two", theirs, selection("two", 4, 7))
    found, _ = exchange.imported(of_sources(tmp_path / "q.qdpx", source, users=users))
    assert found.codings["coder_id"].tolist() == ["Al", "Ann"]


def test_codings_of_notes_are_listed(tmp_path):
    note = inline("My note.", selection("note", 3, 7), guid=A)
    note = note.replace("TextSource", "Note")
    xml = qualcoder(note=f"<Notes>{note}</Notes>")
    path = project(tmp_path / "q.qdpx", xml, **{f"sources__{T}": SPEECH})
    _, lost = exchange.imported(path)
    row = lost[lost["reason"] == "coding of a note"]
    assert row[["quotation", "codes", "coder"]].to_numpy().tolist() == [
        ["note", "Blog", "Ann"]
    ]


def test_codes_without_names_or_marks_are_read_and_said(tmp_path):
    codes = f'<Code guid="{C}" name=""/>'
    source = inline("one two", selection("one", 0, 3, code=C))
    found, lost = exchange.imported(
        of_sources(tmp_path / "q.qdpx", source, codes=codes)
    )
    assert found.names[found.codings["code_id"]].tolist() == ["?"]
    assert "a code without a name" in set(lost["reason"])


def test_variables_of_texts_and_of_their_cases_say_who_was_asked(tmp_path):
    def value(of, kind, said):
        inner = f'<VariableRef targetGUID="{of}"/><{kind}>{said}</{kind}>'
        return f"<VariableValue>{inner}</VariableValue>"

    about = "".join(
        f'<Variable guid="{g}" name="{n}" typeOfVariable="Text"/>'
        for g, n in ((A, "Place"), (B, "Age"), (C, "Unused"))
    )
    cases = "".join(
        f'<Case guid="{U}" name="{n}">{value(B, "IntegerValue", age)}{of}</Case>'
        for n, age, of in (
            ("P1", 41, f'<SourceRef targetGUID="{T}"/>'),
            ("P2", 37, f'<SourceRef targetGUID="{T.upper()}"/>'),
            ("P3", 50, ""),
        )
    )
    source = inline("one two", value(A, "TextValue", "north"))
    more = f"<Variables>{about}</Variables><Cases>{cases}</Cases></CodeBook>"
    xml = qualcoder().replace("</CodeBook>", more.replace("</CodeBook>", ""))
    xml = xml.replace("</Codes>", "</Codes></CodeBook>")
    start, end = xml.index("<TextSource"), xml.index("</Sources>")
    path = project(tmp_path / "q.qdpx", xml[:start] + source + xml[end:])
    found, lost = exchange.imported(path)
    assert found.respondents.to_dict("records") == [
        {"doc_id": "talk", "Place": "north", "Age": "41; 37"}
    ]
    rest = lost[~lost["reason"].isin(BESIDE)]
    assert [row for row in rest["quotation"] if "P" not in row] == ["Unused"]
    assert any("P3: Age: 50" in row for row in rest["quotation"])


NAMES = st.sampled_from(
    ["Prix", "prix", "Fidélité", "Fide\u0301lite\u0301", "Délai", ""]
)
MARKS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(0, 40)), max_size=6
)


@pytest.mark.slow
@given(
    names=st.lists(NAMES, min_size=4, max_size=4),
    below=st.lists(st.booleans(), min_size=4, max_size=4),
    marks=MARKS,
    notes=MARKS,
    areas=MARKS,
    space=st.sampled_from(["urn:QDA-XML:project:1.0", "urn:QDA-XML:project:1:0", ""]),
)
@settings(deadline=None, derandomize=True, max_examples=25)
def test_every_coding_of_any_project_is_carried_or_listed(
    tmp_path_factory, names, below, marks, notes, areas, space
):
    """Codes of any names and places, in texts, notes and pictures, by any user."""
    text = "Un texte de quarante signes, ou davantage."

    def guid(kind, n):
        return f"{kind}{n:07}-0000-4000-8000-000000000000"

    def coding(code, user, n):
        of = f'<CodeRef targetGUID="{guid("a", code)}"/>'
        by = f'guid="{guid("c", n)}" creatingUser="{guid("d", user)}"'
        return f"<Coding {by}>{of}</Coding>"

    def parts(kind, found, more=""):
        return "".join(
            f'<{kind} guid="{guid("e", n)}" startPosition="{at}" endPosition="{at + 2}"'
            f"{more}>{coding(code, user, n)}</{kind}>"
            for n, (code, user, at) in enumerate(found)
        )

    codes = ""
    for n, (name, under) in enumerate(zip(names, below, strict=True)):
        one = f'<Code guid="{guid("a", n)}" name="{name}" isCodable="true"/>'
        if under and codes.endswith("/>"):
            last = codes.rindex("<Code ")
            codes = codes[:last] + codes[last:-2] + f">{one}</Code>"
        else:
            codes += one
    users = "".join(f'<User guid="{guid("d", n)}" name="U" id="U"/>' for n in range(3))
    corners = ' firstX="1" firstY="1" secondX="2" secondY="2"'
    picture = parts("PictureSelection", areas, corners)
    picture = re.sub(' (start|end)Position="[0-9]+"', "", picture)
    xml = (
        f'<Project xmlns="{space}" name="p"><Users>{users}</Users><CodeBook><Codes>'
        f"{codes}</Codes></CodeBook><Sources>"
        + inline(text, parts("PlainTextSelection", marks))
        + f'<PictureSource guid="{A}" name="p">{picture}</PictureSource>'
        + "</Sources><Notes>"
        + inline(text, parts("PlainTextSelection", notes), guid=B, name="n").replace(
            "TextSource", "Note"
        )
        + "</Notes></Project>"
    )
    path = project(tmp_path_factory.mktemp("any") / "q.qdpx", xml)
    found, lost = exchange.imported(path)
    kept = found.segments.merge(found.codings, on="segment_id")
    got = {(r.code_id, r.coder_id, r.start) for r in kept.itertuples()}
    assert len(got) == len({(code, user, min(at, 42)) for code, user, at in marks})
    assert (lost["reason"] == "coding of a note").sum() == len(notes)
    assert (lost["reason"] == "coding of an area, of audio or video").sum() == len(
        areas
    )
    assert found.codebook["name"].is_unique
    assert len(found.codebook) == len(names)
