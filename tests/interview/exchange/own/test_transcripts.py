"""Coding in Word: comments, tables, and transcripts without codes."""

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from material.projects import qda
from material.word_files import (
    begin,
    called,
    comment,
    end,
    paragraph,
    reply,
    run,
    table,
    word,
)

from ecrm_helpers.interview.exchange.formats import imported
from ecrm_helpers.interview.exchange.own import names, transcripts
from ecrm_helpers.interview.tables import InterviewError

CASES = ROOT / "tests/material/interview_cases"


def coded(found):
    called_ = found.names
    rows = found.segments.merge(found.codings, on="segment_id")
    return [(r.excerpt, called_[r.code_id], r.coder_id) for r in rows.itertuples()]


def test_comments_are_codes_of_the_words_they_stand_at():
    found, lost = imported(CASES / "entretien1_commentaires.docx")
    assert coded(found) == [
        ("Le prix, d’abord", "Prix", "Léa"),
        ("Ils répondent en dix minutes", "Réactivité", "Léa"),
        ("Ils répondent en dix minutes", "Interactivité", "Léa"),
        ("Il ne sert à rien", "Insuffisance", "Léa"),
    ]
    assert set(found.codings["date"]) == {"2024-05-06"}
    assert lost.empty


def test_a_column_of_codes_stands_beside_its_text():
    found, lost = imported(CASES / "entretien1_tableau_deux_colonnes.docx")
    assert [row[:2] for row in coded(found)] == [
        ("Mme A. : Le prix, d’abord.", "Prix"),
        ("Ils répondent en dix minutes, même le soir.", "Réactivité"),
        ("Ils répondent en dix minutes, même le soir.", "Interactivité"),
        ("Le site ne sert à rien.", "Insuffisance"),
    ]
    assert "Codes" not in found.texts["entretien1_tableau_deux_colonnes"]
    assert lost.empty


def test_a_comment_may_span_paragraphs_and_overlap_another(tmp_path):
    path = word(
        tmp_path / "a.docx",
        paragraph(run("R : Un "), begin(1), run("début")),
        paragraph(run("milieu "), begin(2), run("et")),
        paragraph(run("fin"), end(1), run(" et suite"), end(2)),
        comments=[comment(1, "Léa", "#prix #accueil"), comment(2, "Tom", "Prix")],
    )
    found, lost = imported(path)
    assert coded(found) == [
        ("début\nmilieu et\nfin", "prix", "Léa"),
        ("début\nmilieu et\nfin", "accueil", "Léa"),
        ("et\nfin et suite", "prix", "Tom"),
    ]
    assert lost.empty


def test_replies_and_sentences_are_memos_and_nothing_is_dropped(tmp_path):
    path = word(
        tmp_path / "a.docx",
        paragraph(begin(1), begin(2), run("Le prix"), end(1), end(2), run(" monte.")),
        paragraph(begin(3), run("Ah"), end(3), run(" oui "), called(4)),
        comments=[
            comment(
                1, "Léa", "Prix", "À comparer avec l'entretien deux, qui dit autre."
            ),
            comment(2, "Tom", "D'accord avec toi"),
            comment(3, "Léa", "Ironique ? À réécouter."),
            comment(4, "Tom", "Accueil"),
            comment(5, "Tom", "Orphelin"),
        ],
        replies=[reply(2, 1, 1, 2)],
    )
    found, lost = imported(path)
    assert coded(found) == [("Le prix", "Prix", "Léa"), ("Ah oui", "Accueil", "Tom")]
    assert found.codings["memo"].tolist() == [
        "À comparer avec l'entretien deux, qui dit autre.\nTom : D'accord avec toi",
        "",
    ]
    said = lost[["quotation", "codes", "coder"]].to_numpy().tolist()
    assert ["Ironique ? À réécouter.", "", "Léa"] in said
    assert ["", "Orphelin", "Tom"] in said
    assert lost["reason"].str.contains("stands at a point").sum() == 1


def test_what_a_tracked_change_deleted_is_not_there(tmp_path):
    gone = '<w:del w:id="9"><w:r><w:delText>pas </w:delText></w:r></w:del>'
    more = f'<w:ins w:id="8">{run("vraiment ")}</w:ins>'
    path = word(
        tmp_path / "a.docx",
        paragraph(run("Je ne suis "), gone, more, begin(1), run("contente"), end(1)),
        comments=[comment(1, "Léa", "Satisfaction")],
    )
    found, _ = imported(path)
    assert found.texts["a"] == "Je ne suis vraiment contente"
    assert coded(found) == [("contente", "Satisfaction", "Léa")]


@pytest.mark.parametrize(
    "header", [("Locuteur", "Verbatim", "Thème", "Sous-thème"), ()]
)
def test_tables_with_speakers_and_themes(tmp_path, header):
    rows = [
        ("Q", "Pourquoi cette boutique ?", "", ""),
        ("A", "Le prix, d'abord, et puis l'accueil.", "Prix", "Promotions"),
    ]
    path = word(tmp_path / "a.docx", table(*([header] if header else []), *rows))
    found, _ = imported(path)
    text = "Q\tPourquoi cette boutique ?\nA\tLe prix, d'abord, et puis l'accueil."
    assert text in found.texts["a"]
    if header:
        assert coded(found) == [(rows[1][1], "Promotions", "C1")]
        assert found.codebook["name"].tolist() == ["Prix", "Promotions"]
        assert found.codebook["parent_id"].tolist() == ["", "prix"]
    else:  # no header says what four columns are
        assert found.codings.empty


def test_a_table_of_facts_is_text_and_no_coding(tmp_path):
    facts = table(("Rubrique", "Réponse"), ("Date", "mai 2024"), ("Durée", "31 min"))
    path = word(tmp_path / "a.docx", facts, paragraph(run("R : Oui.")))
    found, _ = imported(path)
    assert found.texts["a"].splitlines()[1] == "Date\tmai 2024"
    assert found.codings.empty


def test_two_columns_without_a_header_are_told_by_their_cells(tmp_path):
    rows = [
        ("Le prix a augmenté deux fois cette année, je trouve.", "Prix"),
        ("On me répond toujours dans les dix minutes, même tard.", "Accueil; Délai"),
    ]
    found, _ = imported(word(tmp_path / "a.docx", table(*rows)))
    assert [row[:2] for row in coded(found)] == [
        (rows[0][0], "Prix"),
        (rows[1][0], "Accueil"),
        (rows[1][0], "Délai"),
    ]


def merged(text, *, down="", over=1):
    sign = f'<w:gridSpan w:val="{over}"/>' if over > 1 else ""
    sign += f'<w:vMerge w:val="{down}"/>' if down else ""
    return f"<w:tcPr>{sign}</w:tcPr>{paragraph(run(text))}"


def test_a_merged_cell_stands_in_each_of_its_rows_and_columns(tmp_path):
    path = word(
        tmp_path / "a.docx",
        table(
            ("N°", "Verbatim", "Code"),
            (merged("Question 1", over=3),),
            ("1", "Le prix.", merged("Prix", down="restart")),
            ("2", "Le coût.", merged("", down="continue")),
            (merged("Bon accueil.", over=2), "Accueil"),
            ("4", merged("Le délai.", down="restart"), "Délai"),
            ("", merged("", down="continue"), "Attente"),
        ),
    )
    found, lost = imported(path)
    assert coded(found) == [
        ("Le prix.", "Prix", "C1"),
        ("Le coût.", "Prix", "C1"),
        ("Bon accueil.", "Accueil", "C1"),
        ("Le délai.", "Délai", "C1"),
        ("Le délai.", "Attente", "C1"),
    ]
    assert found.texts["a"].split("\n")[0] == "Question 1"
    assert lost["quotation"].tolist() == ["N°"]


LONG = "Le vendeur est gentil, toujours.", "Je trouve que c’est cher, vraiment."


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (("Texte", "Commentaires"), []),
        (("Verbatim", "Thématique"), []),
        (("Avis des clients", "Analyse"), ["Avis des clients | Analyse"]),
    ],
)
def test_a_header_is_no_passage_and_a_guessed_one_is_said(tmp_path, header, said):
    rows = zip(LONG, ("Accueil", "Prix"), strict=True)
    found, lost = imported(word(tmp_path / "a.docx", table(header, *rows)))
    assert [row[:2] for row in coded(found)] == [
        (LONG[0], "Accueil"),
        (LONG[1], "Prix"),
    ]
    assert lost["quotation"].tolist() == said


def test_a_table_that_is_read_as_text_and_a_box_of_text_are_said(tmp_path):
    box = f"<w:r><w:pict><w:txbxContent>{paragraph(run('À part'))}</w:txbxContent>"
    path = word(
        tmp_path / "a.docx",
        table(("1", LONG[0], "Accueil"), ("2", LONG[1], "Prix")),
        paragraph(run("Fin."), box + "</w:pict></w:r>"),
    )
    found, lost = imported(path)
    assert found.codings.empty
    assert lost["quotation"].tolist() == [f"1 | {LONG[0]} | Accueil", "À part"]


@pytest.mark.parametrize("note", ["À revoir.", "to check", "voir l’entretien 3"])
def test_a_note_to_oneself_is_no_code(tmp_path, note):
    one = paragraph(begin(1), run("Le prix"), end(1))
    path = word(tmp_path / "a.docx", one, comments=[comment(1, "Léa", note)])
    found, lost = imported(path)
    assert found.codings.empty
    assert lost["quotation"].tolist() == [note]


def test_a_comment_that_is_a_code_only_once_is_said_to_be_doubtful(tmp_path):
    said = ["Prix", "prix", "Prix", "pas sûr", "code: Rare"]
    marks = [
        part
        for n, words in enumerate(said)
        for part in (begin(n), run(f"mot {n}"), end(n), run(" "))
    ]
    notes = [comment(n, "Léa", words) for n, words in enumerate(said)]
    found, lost = imported(word(tmp_path / "a.docx", paragraph(*marks), comments=notes))
    assert len(found.codings) == 5
    assert lost["codes"].tolist() == ["pas sûr"]


def test_codes_parted_by_commas_are_told_by_the_others(tmp_path):
    said = ["Prix", "Accueil", "Prix, Accueil", "prix / Délai", "Ville, campagne"]
    rows = [
        (f"Voici une réponse assez longue, numéro {n}.", c) for n, c in enumerate(said)
    ]
    head = ("Verbatim", "Code")
    found, lost = imported(word(tmp_path / "a.docx", table(head, *rows)))
    assert [row[1] for row in coded(found)] == [
        "Prix",
        "Accueil",
        "Prix",
        "Accueil",
        "prix / Délai",
        "Ville, campagne",
    ]
    assert lost["codes"].tolist() == ["prix / Délai"]


@pytest.mark.parametrize(
    "name", ["- Prix", "• Prix", "1. Prix", "« Prix »", "Thème 1 : Prix"]
)
def test_signs_of_a_list_and_quotation_marks_are_no_part_of_a_name(name):
    assert names.read([name]) == (["Prix"], "")


def test_several_transcripts_are_one_corpus(tmp_path):
    one = word(tmp_path / "e1.docx", paragraph(run("R : Oui.")))
    two = tmp_path / "e2.txt"
    two.write_bytes("R : Été.\r\n".encode("cp1252"))
    found, lost = imported([one, two])
    assert found.texts == {"e1": "R : Oui.", "e2": "R : Été.\n"}
    assert lost["document"].tolist() == ["e2"]
    assert lost["reason"].str.contains("cp1252").all()


def test_other_files_are_not_read_together(tmp_path, capsys):
    from material.projects import qda

    for name in ("a.qdpx", "b.qdpx"):
        (tmp_path / name).write_bytes(b"")
    files = tmp_path / "a.qdpx", tmp_path / "b.qdpx"
    assert qda("import", *files, "--to", tmp_path / "out") == 2
    assert "ecrm qda join" in capsys.readouterr().err


WORDS = st.text("abcdeéà", min_size=1, max_size=6)
SAID = st.lists(
    st.tuples(WORDS, st.lists(WORDS, max_size=2, unique_by=str.casefold)), min_size=1
)


@settings(deadline=None)
@given(SAID, st.sampled_from([" ; ", ";", " #", "\n", " | "]))
def test_any_commented_passages_come_back_at_their_place(tmp_path_factory, said, mark):
    """Each word is a passage; where its comment stands in the file is known."""
    folder = tmp_path_factory.mktemp("any")
    runs, comments, wanted = [], [], []
    for number, (words, codes) in enumerate(said):
        runs += [begin(number), run(words), end(number), run(" ")]
        comments.append(comment(number, "Léa", *mark.join(codes).split("\n")))
        at = sum(len(earlier) + 1 for earlier, _ in said[:number])
        wanted += [(at, at + len(words), code.casefold()) for code in codes]
    found, lost = imported(word(folder / "a.docx", paragraph(*runs), comments=comments))
    rows = found.segments.merge(found.codings, on="segment_id")
    names_ = found.names
    got = [(r.start, r.end, names_[r.code_id].casefold()) for r in rows.itertuples()]
    assert sorted(got) == sorted(wanted)
    assert lost["reason"].str.contains("only once").all()


@given(st.lists(WORDS, min_size=1, max_size=5, unique_by=str.casefold))
def test_a_name_that_was_written_is_read(codes):
    assert names.read(["; ".join(codes)]) == (codes, "")
    assert names.read(codes) == (codes, "")
    assert names.read([" ".join(f"#{code}" for code in codes)]) == (codes, "")


def test_files_of_one_name_in_several_folders_are_all_read(tmp_path):
    paths = [tmp_path / at for at in ("a/e.txt", "b/e.txt", "x/a/e.txt", "e.docx.txt")]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"R : {path}", encoding="utf-8")
    found, _ = imported([*paths, paths[0]])
    assert list(found.texts.values()) == [f"R : {path}" for path in paths]
    assert list(found.texts) == ["e.txt (1)", "e.txt (b)", "e.txt (3)", "e.docx"]


@pytest.mark.parametrize("raw", [b"", b"\xef\xbb\xbf", b" \r\n\r\n"])
def test_files_without_a_word_are_refused_all_named(tmp_path, capsys, raw):
    for name in ("e1.txt", "e3.txt"):
        (tmp_path / name).write_bytes(raw)
    (tmp_path / "e2.txt").write_text("R : Oui.", encoding="utf-8")
    files = [tmp_path / f"e{n}.txt" for n in (1, 2, 3)]
    assert qda("new", tmp_path / "mine", *files) == 2
    told = capsys.readouterr().err
    assert "e1.txt" in told
    assert "e3.txt" in told
    assert "e2.txt" not in told
    assert not (tmp_path / "mine").exists()


def test_what_is_only_coloured_is_listed_and_what_is_coded_too_is_not(tmp_path):
    def marked(words, sign):
        return run(words).replace("<w:r>", f"<w:r><w:rPr>{sign}</w:rPr>")

    yellow, none = (f'<w:highlight w:val="{c}"/>' for c in ("yellow", "none"))
    shade = '<w:shd w:val="clear" w:fill="FF0000"/>'
    path = word(
        tmp_path / "e1.docx",
        paragraph(run("R : 😀 "), marked("Le pr", yellow), marked("ix", yellow)),
        paragraph(marked("E : ", none), marked("Et ?", shade)),
        paragraph(begin(1), marked("Trop", yellow), end(1)),
        comments=[comment(1, "Léa", "Prix")],
    )
    found, lost = imported(path)
    assert found.segments["excerpt"].tolist() == ["Trop"]
    told = lost[["quotation", "codes"]].to_numpy().tolist()
    assert told == [["Le prix", "yellow"], ["Et ?", "FF0000"]]
    assert lost["reason"].str.contains("colour").all()


@pytest.mark.parametrize("start", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf1 "])
def test_an_older_document_of_another_ending_is_refused_with_the_way_out(
    tmp_path, start
):
    (tmp_path / "a.docx").write_bytes(start + b"\0" * 600)
    with pytest.raises(InterviewError, match=r"save it as \.docx"):
        imported(tmp_path / "a.docx")


@pytest.mark.parametrize(
    ("program", "line"),
    [
        ("Taguette", "Document: e1 Tags: Prix, Accueil"),
        ("NVivo", "<Files\\\\e1> - § 2 references coded  [6.78% Coverage]"),
        ("QualCoder", "Search parameters\n==========\nCoders: all"),
    ],
)
def test_a_programs_report_is_no_transcript(tmp_path, program, line):
    lines = line.split("\n")
    path = word(tmp_path / "a.docx", *(paragraph(run(of)) for of in lines))
    (tmp_path / "b.txt").write_text(f"{line}\nLe prix.", encoding="utf-8")
    with pytest.raises(InterviewError, match=rf"(?s)a\.docx.*{program}.*b\.txt"):
        imported([path, tmp_path / "b.txt"])


def test_paragraphs_that_word_numbers_are_questions(tmp_path):
    mark = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    asked = [paragraph(mark, run(of)) for of in ("Votre rôle ?", "Et vos clients ?")]
    said = [paragraph(run(of)) for of in ("Je dirige.", "Ils écrivent.")]
    path = word(tmp_path / "a.docx", asked[0], said[0], asked[1], said[1])
    assert transcripts.read_transcripts([path]).bold == {"a": frozenset({0, 2})}
