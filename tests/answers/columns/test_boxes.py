"""Several boxes: the same ticks whatever the form that wrote them."""

import pandas as pd
import pyreadstat
import pytest
from material.studies.small import answers, level, question, scale, study

from ecrm_helpers.answers.audit import Refused
from ecrm_helpers.answers.door import read_file
from ecrm_helpers.study import StudyError, read_study
from ecrm_helpers.study.testing import method_of

LEVELS = {
    "fb": level("Facebook", also=["SQ001"]),
    "ig": level("Instagram, ou Threads"),
    "tt": level("TikTok"),
}
TEXTS = {key: of["answer"] for key, of in LEVELS.items()}
ASKED = "Quels réseaux utilisez-vous (ex. : TikTok) ?"
#: What each respondent ticked; the fourth nothing, the fifth something else.
TICKED = [{"fb", "tt"}, {"ig"}, {"fb", "ig", "tt"}, set(), {"tt", "Snapchat, parfois"}]


def networks(**more):
    asked = {"asked": ASKED, "patterns": [], "other": True, "levels": LEVELS}
    return question("multiple", "Réseaux", **{**asked, **more})


def together(between, *, trailing="", other=""):
    cells = []
    for ticked in TICKED:
        known = [TEXTS[key] for key in TEXTS if key in ticked]
        free = [other + text for text in ticked - set(TEXTS)]
        cells.append([between.join(known + free) + (trailing if ticked else "")])
    return [ASKED], cells


def each(header, yes, no="", other=lambda text: text, unanswered=""):
    """Give a column for each box, and one for everything else."""
    cells = []
    for ticked in TICKED:
        free = [other(text) for text in ticked - set(TEXTS)]
        known = [yes(key) if key in ticked else no for key in TEXTS]
        row = [*known, *(free or [no])]
        cells.append(row if ticked else [unanswered] * 4)
    return [header(key, TEXTS.get(key, "Autre")) for key in (*TEXTS, "other")], cells


FORMS = {
    "commas, of which one is in an option": together(", "),
    "semicolons": together(";"),
    "semicolons, one at the end": together(";", trailing=";"),
    "the free answer with its word": together(", ", other="Autre : "),
    "LimeSurvey, texts": each(
        lambda _, text: f"{ASKED} [{text}]", lambda _: "Oui", "Non"
    ),
    "LimeSurvey, codes": each(
        lambda key, _: f"nets[{'SQ001' if key == 'fb' else key}]", lambda _: "Y"
    ),
    "Kobo": each(lambda _, text: f"{ASKED}/{text}", lambda _: "1", "0"),
    "SurveyMonkey": each(lambda _, text: f"{ASKED} [{text}]", TEXTS.get),
    "Qualtrics": each(lambda _, text: f"{ASKED} - Selected Choice - {text}", TEXTS.get),
    "by the ids": each(lambda key, _: f"nets_{key}", lambda _: "1", "0"),
    "marks": each(lambda _, text: f"{ASKED} : {text}", lambda _: "☑", "☐"),
}


def held(read):
    frame = read.frame if hasattr(read, "frame") else read
    return frame[["nets_fb", "nets_ig", "nets_tt", "nets_other"]]


def ticks(frame):
    """Give what each respondent ticked, None without an answer."""
    names = ["fb", "ig", "tt", "other"]
    return [
        None if row.isna().any() else {n for n, v in zip(names, row, strict=True) if v}
        for _, row in frame.iterrows()
    ]


WANTED = [{"fb", "tt"}, {"ig"}, {"fb", "ig", "tt"}, None, {"tt", "other"}]


@pytest.mark.parametrize(("head", "cells"), FORMS.values(), ids=list(FORMS))
def test_every_form_gives_the_same_ticks_and_keeps_the_free_answer(
    tmp_path, head, cells
):
    questions = {"nets": networks(), "mark": scale("Note")}
    rows = [[*row, "3"] for row in cells]
    read = answers(tmp_path, questions, [*head, "Note"], rows)
    assert ticks(held(read)) == WANTED
    assert [(o.question, o.text) for o in read.audit.others] == [
        ("nets", "Snapchat, parfois")
    ]
    assert read.audit.missing["nets"] == 1
    assert read.audit.valid == 5


def test_a_free_text_beside_its_own_box_is_one_answer(tmp_path):
    """Qualtrics has a column for the box and one for what was written in it."""
    head, cells = each(lambda _, text: f"{ASKED} - {text}", TEXTS.get)
    rows = [[*row[:3], "Autre" if row[3] else "", row[3]] for row in cells]
    read = answers(
        tmp_path, {"nets": networks()}, [*head, f"{ASKED} - Autre - Texte"], rows
    )
    assert ticks(held(read))[-1] == {"tt", "other"}
    assert [other.text for other in read.audit.others] == ["Snapchat, parfois"]


def test_kobo_writes_the_boxes_twice_and_they_count_once(tmp_path):
    head, cells = each(lambda _, text: f"{ASKED}/{text}", lambda _: "1", "0", str)
    rows = [["fb tt", *row] for row in cells]
    read = answers(tmp_path, {"nets": networks()}, [ASKED, *head], rows)
    assert ticks(held(read))[:3] == WANTED[:3]
    assert ASKED in read.audit.ignored


def test_kobo_s_names_in_one_column_are_read(tmp_path):
    rows = [["fb tt"], ["ig"], ["fb ig tt"]]
    read = answers(tmp_path, {"nets": networks(other=False)}, [ASKED], rows)
    assert read.frame.sum().tolist() == [2, 2, 2]


@pytest.mark.parametrize("labels", [{0: "Non", 1: "Oui"}, {1: "Oui", 2: "Non"}])
def test_spss_codes_are_read_by_their_labels(tmp_path, labels):
    yes = next(code for code, text in labels.items() if text == "Oui")
    no = next(code for code, text in labels.items() if text == "Non")
    frame = pd.DataFrame(
        [[yes if key in ticked else no for key in TEXTS] for ticked in TICKED],
        columns=["nets_fb", "nets_ig", "nets_tt"], dtype=float,
    )  # fmt: skip
    path = tmp_path / "a.sav"
    pyreadstat.write_sav(
        frame,
        str(path),
        column_labels=dict.fromkeys(frame, ASKED),
        variable_value_labels=dict.fromkeys(frame, labels),
    )
    asked = read_study(study(tmp_path, {"nets": networks(other=False)}))
    read, audit = read_file(path, asked)
    assert read.sum().tolist() == [2, 2, 3]
    # Who ticked nothing in a file of noughts is not known to have answered.
    assert audit.missing == {"nets": 1}
    assert "no box is ticked" in audit.said("en")


def test_what_is_no_box_is_refused_with_its_lines(tmp_path):
    rows = [["Facebook, Twitter"], ["TikTok"], ["A3"]]
    with pytest.raises(Refused) as caught:
        answers(tmp_path, {"nets": networks(other=False)}, [ASKED], rows)
    told = caught.value.said("en")
    assert (
        '"Twitter" (allowed: Facebook, Instagram, ou Threads, TikTok), lines: 2' in told
    )
    assert '"A3"' in told


def test_a_hypothesis_on_boxes_or_days_is_not_tested_and_is_no_fault(tmp_path):
    claim = {"claim": {"fr": "c", "en": "c"}}
    asked = {"nets": networks(), "day": question("date", "Jour"), "mark": scale("Note")}
    hypotheses = {
        "h3": {**claim, "variables": ["nets", "mark"]},
        "h4": {**claim, "variables": ["day", "mark"]},
    }
    read = read_study(study(tmp_path, asked, hypotheses=hypotheses))
    assert [method_of(read, name) for name in read.hypotheses] == [None, None]
    hypotheses["h4"]["test"] = "correlation"
    with pytest.raises(StudyError, match=r"hypotheses\.h4\.test"):
        read_study(study(tmp_path, asked, hypotheses=hypotheses))


def test_the_box_for_everything_else_alone_is_not_the_question(tmp_path):
    """The others stand under codes that the study does not know."""
    head = [*(f"nets[SQ10{n}]" for n in (1, 2, 3)), "nets[other]"]
    with pytest.raises(Refused, match="nets_fb"):
        answers(tmp_path, {"nets": networks()}, head, [["Y", "", "", "Snapchat"]])


@pytest.mark.parametrize("between", [" / ", " et ", "+"])
def test_boxes_parted_by_an_unknown_mark_are_no_free_answers(tmp_path, between):
    rows = [[between.join(["Facebook", "TikTok"])], ["TikTok"], ["Facebook"]] * 2
    with pytest.raises(Refused, match="no level as it is declared"):
        answers(tmp_path, {"nets": networks()}, [ASKED], [rows[0], *rows[:2]])


def test_who_writes_that_none_fits_ticks_none(tmp_path):
    read = answers(tmp_path, {"nets": networks()}, [ASKED], [["Aucun"], ["TikTok"]])
    assert ticks(held(read)) == [None, {"tt"}]
