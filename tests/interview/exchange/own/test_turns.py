"""Who speaks: labels as transcripts have them, and what is no label."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecrm_helpers.interview.exchange.own.turns import counts, interviewers, turns


def heard(text, bold=()):
    found = turns(text, bold)
    said = [(turn.speaker, text[turn.said : turn.end]) for turn in found]
    return said, interviewers({"a": text}, {"a": found})


@pytest.mark.parametrize(
    ("text", "speakers", "asks"),
    [
        ("Enquêteur : Pourquoi ?\nMme A. : Pour rien.", ["Enquêteur", "Mme A."], 0),
        ("E\N{NO-BREAK SPACE}: Pourquoi ?\nR\N{NO-BREAK SPACE}: Rien.", ["E", "R"], 0),
        ("I: Why?\nP1: So.\nI: Really?\nP1: Yes.", ["I", "P1"] * 2, 0),
        ("Q1. Pourquoi ?\nR1. Rien.\nQ2. Et ?\nR2. Non.", ["Q", "R"] * 2, 0),
        ("[00:01] Léa : Ça va ?\n[00:02] Tom : Oui.\nLéa : Si ?\nTom : Oui.",
         ["Léa", "Tom"] * 2, 0),
        ("Léa R  00:01\nÇa va ?\nTom  00:03\nOui.\nLéa R 00:04\nAh ?\nTom 0:05\nB.",
         ["Léa R", "Tom"] * 2, 0),
        ("Interviewer\tWhy?\nRespondent\tSo.", ["Interviewer", "Respondent"], 0),
        ("Intervieweuse (00:00:12): Et ?\nInterviewé (00:00:15): Ah.",
         ["Intervieweuse", "Interviewé"], 0),
        ("CHERCHEUSE : Et ?\nPARTICIPANT 3 : Ah.", ["CHERCHEUSE", "PARTICIPANT 3"], 0),
        ("Question 1 : Et ?\nRéponse : Ah.", ["Question", "Réponse"], 0),
        ("[00:01] Intervieweur\nEt ?\nOu quoi ?\n[00:05] Mme A.\nAh.",
         ["Intervieweur", "Mme A."], 0),
        ("[E] Et ?\n[R] Ah.", ["E", "R"], 0),
        ("- Enquêteur : Et ?\n- Mme A. : Ah.", ["Enquêteur", "Mme A."], 0),
    ],
)  # fmt: skip
def test_labels_are_recognised(text, speakers, asks):
    said, asking = heard(text)
    assert [speaker for speaker, _ in said] == speakers
    assert asking == [speakers[asks]]
    assert not any(":" in words or "\t" in words for _, words in said)


@pytest.mark.parametrize(
    "way",
    ["{}. {}", "{}. — {}", "{} – {}", "{} — {}", "{} - {}", "[{}] {}", "({}) {}",
     "7\n0:01:02,000 --> 0:01:03,500\n[{}] {}", ">> {}: {}"],
)  # fmt: skip
@pytest.mark.parametrize("who", [["ENQUÊTRICE", "MME A"], ["LÉA", "TOM"]])
def test_labels_that_prose_may_have_are_some_where_they_part_the_lines(way, who):
    words = ["Pourquoi ?", "Le prix – je crois – monte.\nEt puis. Non.", "Et ?", "Si."]
    said = [(who[n % 2], line) for n, line in enumerate(words)]
    assert heard("\n".join(way.format(*of) for of in said)) == (said, who[:1])


def test_prose_that_begins_with_a_dash_or_a_point_names_nobody():
    text = """Oui. Je crois.\nNon – enfin si.\nOui – bon.\nNon – ah.\nOui – si.
Et le prix ?\nTrop cher.\nIl monte.\nEt puis rien.\nQue dire ?\nPar habitude.
SNCF. Le train.\nSNCF. Le bus.\nJe reste."""
    assert heard(text) == ([], [])
    said, asking = heard("Pourquoi ?\nSNCF. Le bus.\nEt ?\nRien.", bold={0, 2})
    assert (said[1], asking) == (("R", "SNCF. Le bus."), ["Q"])


def test_a_third_voice_that_is_heard_once_is_not_taken_for_another():
    talk = "Lieu : Nice\nE : Et ?\nMme A. : Trop.\n{}\nE : Ah ?\nMme A. : Si.\n"
    said, _ = heard(talk.format("M. B. : Moi aussi."))
    assert said[1:3] == [("Mme A.", "Trop."), ("M. B.", "Moi aussi.")]
    said, _ = heard(talk.format("En bref : rien."))
    assert said[1] == ("Mme A.", "Trop.\nEn bref : rien.")


def test_names_stand_under_the_times_of_subtitles_too():
    cues = ["Léa\nPourquoi ?", "Tom\nLe prix", "Léa\nEt ?"]
    cue = "{0}\n00:00:0{0},000 --> 00:00:0{0},900\n{1}\n\n".format
    said, _ = heard("".join(cue(n, of) for n, of in enumerate(cues, 1)))
    assert said == [tuple(of.split("\n")) for of in cues]


SAYS = st.text("abc éà,.'", min_size=1, max_size=20).map(lambda s: f"x{s}".rstrip())
WHO = ["Léa R", "Tom"]
WAYS = [
    "{0}  {1}\n{2}\n",  # Teams in Word
    "{0}\n{1}\n{2}\n",  # Teams, each in a line of its own
    "{0} ({1})\n{2}\n\n",  # Otter
    "{1} {0}\n{2}\n",
    "[{0}] {1}\n{2}\n",
    "[{1}] {0}: {2}\n",
    "[{1} --> {1}] {0}: {2}\n",  # Whisper
    "{1} --> {1}\n{0}\n{2}\n",
    "{1}.000 --> {1}.500\n<v {0}>{2}</v>\n\n",  # WebVTT
    "7\n{1},000 --> {1},500\n{0}: {2}\n\n",  # SubRip
    "[{0}]: {2}\n",
]


@pytest.mark.parametrize("way", WAYS)
@given(st.lists(SAYS, min_size=4, max_size=6))
def test_programs_that_transcribe_name_who_speaks_and_when(way, words):
    said = [(WHO[n % 2], says + "?" * (n % 2 == 0)) for n, says in enumerate(words)]
    lines = [way.format(w, f"0:01:{n:02}", s) for n, (w, s) in enumerate(said)]
    assert heard("".join(lines)) == (said, ["Léa R"])


def test_one_who_speaks_once_is_known_by_the_time_or_by_a_number():
    timed = "Léa (00:12)\nAh ?\nTom (00:15)\nOui.\nLéa (00:20)\nEt ?"
    assert heard(timed)[0][1] == ("Tom", "Oui.")
    assert heard("Voix 1 : Ah ?\nVoix 2 : Oui.\nVoix 1 : Et ?")[0][1][0] == "Voix 2"


@pytest.mark.parametrize("dash", ["– ", "— ", "- ", "-", "—"])
def test_dashes_alone_part_two_who_speak_in_turn(dash):
    words = "Un ?|Oui,\net non.|D'accord.|Si.|Et ?|Hein ?|Ah ?|Non".split("|")
    said, asking = heard("Titre\n" + "\n".join(dash + line for line in words))
    assert said == [("QR"[n % 2], line) for n, line in enumerate(words)]
    assert asking == ["Q"]


@pytest.mark.parametrize("mark", [".", ")", " )"])
def test_numbered_questions_part_the_answers(mark):
    text = "1{0} Pourquoi ?\nPour :\n1{0} le prix\n2{0} le choix\n2{0} Et ?\n42"
    said, _ = heard(text.format(mark))
    answer = f"Pour :\n1{mark} le prix\n2{mark} le choix"
    assert said == [("Q", f"1{mark} Pourquoi ?"), ("R", answer),
                    ("Q", f"2{mark} Et ?"), ("R", "42")]  # fmt: skip


def test_a_turn_goes_on_until_the_next_label():
    said, _ = heard("Titre\nE : Un ?\nR : Oui.\n\nEt puis non.\nE : Ah ?\nR : Si.\n")
    assert said[1] == ("R", "Oui.\n\nEt puis non.")


def test_bold_lines_are_questions_where_there_are_no_labels():
    text = "Pourquoi ?\nPour le prix.\nEt l'accueil.\nEt après ?\nRien."
    said, asking = heard(text, bold={0, 3})
    assert said[1] == ("R", "Pour le prix.\nEt l'accueil.")
    assert asking == ["Q"]


@pytest.mark.parametrize(
    "text",
    [
        "Date : mai\nLieu : Nice\nDurée : une heure\nElle parle longtemps.",
        "J'ai dit : non.\nIl était dix heures : trop tard.",
        "Oui.",
        "– Pourquoi ?\n– Pour :\n– l'accueil\n– le prix\n– le choix",
        "Quelle heure ?\n12:30\nEt là ?\n14:00",
        "",
    ],
)
def test_what_is_no_label_is_not_taken_for_one(text):
    assert heard(text) == ([], [])


NAME = st.sampled_from(["Léa", "Tom", "Mme A.", "P2", "Anne-Marie"])


@given(
    st.lists(st.tuples(NAME, SAYS), min_size=4), st.sampled_from([" : ", ": ", "\t"])
)
def test_any_dialogue_comes_back(dialogue, mark):
    text = "\n".join(f"{name}{mark}{words}" for name, words in dialogue)
    found = turns(text)
    often = [name for name, _ in dialogue]
    wanted = [(n, w) for n, w in dialogue if often.count(n) > 1]
    if len(wanted) == len(dialogue):
        assert [(t.speaker, text[t.said : t.end]) for t in found] == wanted
        assert sum(counts({"a": found}).values()) == len(dialogue)


#: Transcripts of programs and of people, and who says what in them.
ASKED = [("A", "Pourquoi ?"), ("B", "Le prix."), ("A", "Et ?"), ("B", "Oui.")]
FORMS = {
    "Teams, subtitles": (
        "{id}/1-0\n00:00:0{n}.210 --> 00:00:0{n}.900\n<v {who}>{said}</v>\n\n",
        "WEBVTT\n\n",
    ),
    "Zoom, subtitles": (
        "{n}\n00:00:0{n}.210 --> 00:00:0{n}.900\n{who}: {said}\n\n",
        "WEBVTT\n\n",
    ),
    "Teams, Word": ("{who}   0:0{n}\n{said}\n", "Léa started transcription\n\n"),
    "Otter": ("{who}  0:0{n}  \n{said}\n\n", ""),
    "Sonix": ("{who} [00:00:0{n}] {said}\n\n", ""),
    "Happy Scribe": ("[00:00:0{n}.120] - {who}\n{said}\n\n", ""),
    "Word": ("00:00:0{n} {who}\n{said}\n", ""),
    "marks of direction": ("\u200f{who} :\u200f {said}\n", ""),
    "pictures": ("👩 {who} : {said}\n", ""),
    "a name and a tab": ("{who}\t{said}\n", ""),
    "a time in brackets": ("[00:00:0{n}] {who} : {said}\n", ""),
}


@pytest.mark.parametrize("form", FORMS)
def test_transcripts_of_programs_are_told_apart_word_for_word(form):
    line, before = FORMS[form]
    names = {"A": "Speaker 1", "B": "Speaker 2"}
    text = before + "".join(
        line.format(id=f"a{n}b", n=n, who=names[who], said=said)
        for n, (who, said) in enumerate(ASKED, 1)
    )
    text += "Léa stopped transcription" if form == "Teams, Word" else ""
    found = turns(text)
    said = [(of.speaker, text[of.said : of.end]) for of in found]
    assert said == [(names[who], words) for who, words in ASKED]
    assert interviewers({"a": text}, {"a": found}) == ["Speaker 1"]


def test_names_alone_in_capitals_speak():
    text = "INTERVIEWER\nPourquoi ?\nRÉPONDANT\nLe prix.\nINTERVIEWER\nEt ?"
    assert [of.speaker for of in turns(text)] == [
        "INTERVIEWER",
        "RÉPONDANT",
        "INTERVIEWER",
    ]
