"""Who speaks, from the shell: shown, said otherwise, left out; folders begun."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from material.projects import qda
from material.word_files import begin, comment, end, paragraph, run, word

from ecrm_helpers.interview.anchors import normal
from ecrm_helpers.interview.exchange.carried import Carried, Quotation
from ecrm_helpers.interview.exchange.own.voices import heard, without
from ecrm_helpers.interview.tables import read_interview

TALK = [
    ("Enquêtrice : ", "Pourquoi ?"),
    ("Mme A. : ", "Le prix, d'abord."),
    ("Enquêtrice : ", "Et ensuite ?"),
    ("Mme A. : ", "L'accueil."),
]


@pytest.fixture
def talk(tmp_path):
    """Give a transcript with a coded answer, question, and answer over a question."""
    lines = [[run(label, bold=True), run(words)] for label, words in TALK]
    lines[0] = [lines[0][0], begin(1), lines[0][1], end(1)]
    lines[1] = [lines[1][0], begin(2), begin(3), lines[1][1], end(3)]
    lines[3] = [*lines[3], end(2)]
    marks = [comment(n, "Léa", code) for n, code in enumerate("Q Tout Prix".split(), 1)]
    return word(
        tmp_path / "e1.docx", *[paragraph(*line) for line in lines], comments=marks
    )


def test_speakers_are_shown_and_noted(tmp_path, talk, capsys):
    assert qda("import", talk, "--to", tmp_path / "out") == 0
    told = capsys.readouterr().out
    assert "Enquêtrice (2), Mme A. (2)" in told
    assert "Who asks: Enquêtrice." in told
    found = read_interview(tmp_path / "out", "fr")
    assert found.segments["speaker"].tolist() == ["Enquêtrice", "Mme A.", "Mme A."]


def test_the_interviewer_is_left_out_and_what_was_coded_of_her_is_listed(
    tmp_path, talk
):
    out = tmp_path / "out"
    assert qda("import", talk, "--without-interviewer", "--to", out) == 0
    found = read_interview(out, "fr")
    assert found.texts == {"e1": "Mme A. : Le prix, d'abord.\nMme A. : L'accueil."}
    rows = found.segments.merge(found.codings, on="segment_id")
    assert dict(zip(rows["code_id"], rows["excerpt"], strict=True)) == {
        "prix": "Le prix, d'abord.",
        "tout": "Le prix, d'abord.\nMme A. : L'accueil.",
    }
    lost = pd.read_csv(out / "unanchored.csv")
    assert lost["quotation"].tolist()[0] == "Pourquoi ?"
    assert lost["reason"].str.contains("doubtful").tolist() == [False, True]


def test_somebody_who_does_not_speak_is_no_interviewer(tmp_path, talk, capsys):
    asked = ("--interviewer", "Personne", "--to", tmp_path / "out")
    assert qda("import", talk, *asked) == 2
    assert "Enquêtrice, Mme A." in capsys.readouterr().err


def test_a_new_folder_has_the_answers_as_units_and_a_table_of_respondents(
    tmp_path, capsys
):
    text = "\n".join(label + words for label, words in TALK)
    for name in ("e1.txt", "e2.txt"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    folder = tmp_path / "mine"
    assert qda("new", folder, tmp_path / "e1.txt", tmp_path / "e2.txt") == 0
    found = read_interview(folder, "fr")
    said = ["Le prix, d'abord.", "L'accueil."]
    assert found.segments["excerpt"].tolist() == said * 2
    assert found.segments["turn"].is_unique
    assert found.respondents.to_dict("list") == {
        "doc_id": ["e1", "e2"],
        "respondent": ["E1", "E2"],
    }
    assert "respondents.csv" in capsys.readouterr().out
    assert qda("kit", "--interview", folder, "--to", tmp_path / "kit") == 0


LINE = st.tuples(st.sampled_from("QR"), st.text("ab éx", min_size=1).filter(str.strip))


@settings(deadline=None)
@given(st.lists(LINE, min_size=2, max_size=8), st.data())
def test_what_is_left_out_moves_every_passage_with_its_words(lines, data):
    """Brute force: letter by letter, only the answers' letters stay."""
    text = "\n".join(f"{who} : {words.strip()}" for who, words in lines)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    passage = text[start:end]
    if not passage.strip():
        return
    quotation = Quotation("a", start, passage, ({"code": "c", "coder": "L"},))
    carried = Carried({"a": text}, (), (quotation,))
    voices = heard(carried)
    if voices.asking != ("Q",):
        return
    found = without(carried, voices)
    owner = [who for who, words in lines for _ in f"{who} : {words.strip()}\n"][
        : len(text)
    ]
    stays = "".join(c for c, who in zip(text, owner, strict=False) if who == "R")
    assert found.texts["a"] == stays.rstrip()
    kept = "".join(
        c for c, w in zip(passage, owner[start:end], strict=True) if w == "R"
    )
    if found.quotations:
        (moved,) = found.quotations
        assert normal(kept).strip().startswith(moved.words.rstrip())
        assert found.texts["a"][moved.start :].startswith(moved.words)
    else:
        assert not kept.strip()
        assert found.lost[-1][1] == passage


def test_a_name_that_is_written_in_two_ways_is_one_speaker():
    texts = {
        "a": "Enquêteur : Et ?\nMme A. : Ah.",
        "b": "ENQUÊTEUR : Et ?\nMme  a. : Oh.",
    }
    voices = heard(Carried(texts, ()))
    assert voices.speakers == {"Enquêteur": 2, "Mme A.": 2}
    assert voices.asking == ("Enquêteur",)
