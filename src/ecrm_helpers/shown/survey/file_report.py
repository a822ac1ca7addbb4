"""What a file of answers held, and how it was read."""

from collections import Counter

import pandas as pd

from ecrm_helpers.answers.read import Answers
from ecrm_helpers.printed import Told, date, joined, keyed, language, say
from ecrm_helpers.shown import wording
from ecrm_helpers.shown.hypotheses.layouts import tops
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.shown.tables import table
from ecrm_helpers.shown.wording import SAYABLE

#: Answers that were read otherwise than written.
CHANGED = keyed("audit_", "audit_read_respelled audit_read_recoded")

#: What was printed of a question.
PUBLISHED = keyed(
    "published_",
    "published_distribution published_correlation published_groups published_nothing",
)


def audit_table(answers: Answers) -> Piece:
    """Show how a file was read: rows set aside, flagged, corrected.

    Parameters
    ----------
    answers : Answers
        As `read_answers` gives them.
    """
    audit = answers.audit
    why = Counter(
        one.why.said(language()) if isinstance(one.why, Told) else one.why
        for one in audit.excluded.values()
    )
    left = Counter(
        flag.why.said(language())
        for flag in audit.flags
        if flag.line not in audit.excluded
    )
    changed = Counter[str]()
    for note in audit.notes:
        if note.key in CHANGED:
            changed[say(CHANGED[note.key])] += int(str(note.values["k"]))
    rows = [
        (say("audit_rows"), audit.rows),
        *((say("audit_excluded", why=w), k) for w, k in why.items()),
        (say("audit_valid"), audit.valid),
        *((say("audit_flagged", why=w), k) for w, k in left.items()),
        *changed.items(),
        (say("audit_free"), len(audit.others)),
        (say("audit_personal"), len(audit.personal)),
    ]
    frame = pd.DataFrame(
        {say("n"): [k for _, k in rows]}, index=[what for what, _ in rows]
    )
    asked = answers.study.respondents
    differs = asked is not None and asked != audit.valid
    told = say("note_audit_n", n=asked, valid=audit.valid) if differs else ""
    return table(
        frame,
        "tab-audit",
        say("caption_audit"),
        source="source_file",
        note=told,
        said=say("audit_said", rows=audit.rows, valid=audit.valid),
    )


def missing_table(answers: Answers) -> Piece:
    """Show how many answered each question, and how many did not."""
    n, study, audit = answers.audit.valid, answers.study, answers.audit
    apart = {column: sum(held.values()) for column, held in audit.apart.items()}
    rows = [
        (
            column.upper().replace("_", "."),
            study.name(column)[language()],
            n - k,
            k,
            *([apart.get(column, 0)] if apart else []),
            100 * k / n,
        )
        for column, k in audit.missing.items()
    ]
    keys = ["question", "N", "missing", *["apart"] * bool(apart), "percent"]
    frame = pd.DataFrame(rows, columns=["", *(say(key) for key in keys)])
    frame = frame.set_index("").rename_axis(None)
    caption = say("caption_missing")
    lacking = pd.Series({label: k for _, label, _, k, *_ in rows})
    most = {"n": lacking.max(), "names": tops(lacking), "of": n}
    return table(
        frame,
        "tab-missing",
        caption,
        decimals=1,
        source="source_file",
        note=_apart(answers),
        said=say("missing_most" if most["n"] else "missing_none", **most),
    )


def _apart(answers: Answers) -> str:
    """Say which answers are counted apart, and how many gave each."""
    counts = Counter[str]()
    for column, held in answers.audit.apart.items():
        levels = answers.study.columns[column].levels.values()
        read = {level.answer: level[language()] for level in levels}
        for answer, k in held.items():
            counts[read[answer]] += k
    parts = [f"{label} ({k})" for label, k in counts.items()]
    return say("note_apart", answers=", ".join(parts)) if parts else ""


def free_answers(answers: Answers) -> Piece:
    """Count what was answered freely, by question; the words stay with the author."""
    texts: dict[str, list[str]] = {}
    for other in answers.audit.others:
        texts.setdefault(other.question, []).append(other.text)
    if not texts:
        return wording.paragraph("tab-free", "no_free_answers")
    counts = [(len(said), len(set(said))) for said in texts.values()]
    frame = pd.DataFrame(
        counts,
        columns=[say(key) for key in ("free_given", "free_different")],
        index=[answers.study.name(question)[language()] for question in texts],
    )
    given = frame.iloc[:, 0]
    values = {"names": tops(given), "k": given.max(), "n": given.sum()}
    return table(
        frame,
        "tab-free",
        say("caption_free"),
        source="source_file",
        note=say("note_free"),
        said=say("free_said", **values),
    )


def known_table(answers: Answers) -> Piece:
    """List the questions with what is published of each and what that allows."""
    questions = answers.study.questions.values()
    told = {
        "question": [q.label[language()] for q in questions],
        "published": [say(PUBLISHED[q.published]) for q in questions],
        "sayable": [say(SAYABLE[q.published]) for q in questions],
    }
    frame = pd.DataFrame(told, index=[key.upper() for key in answers.study.questions])
    counted = frame["published"].value_counts()
    frame = frame.rename(columns=lambda key: say(key))
    caption = say("caption_known")
    parts = [say("label_and_n", label=what, n=k) for what, k in counted.items()]
    said = say("known_said", parts=joined(parts))
    return table(frame, "tab-known", caption, source="source_study", said=said)


def sample(answers: Answers) -> Piece:
    """Say how many answers were gathered, and when: by the file, and as declared."""
    study, sent = answers.study, answers.audit.collected
    opened, closed = study.opened, study.closed
    declared = (opened, closed) if opened and closed else None
    key, period = "sample", declared
    if answers.basis == "own":
        key, period = ("sample_sent", sent) if sent else ("sample_undated", declared)
    if period is None:
        return wording.paragraph("sample", "sample_alone", n=len(answers.frame))
    text = say(
        key,
        n=len(answers.frame),
        opened=date(period[0]),
        closed=date(period[1]),
        days=(period[1] - period[0]).days + 1,
    )
    if sent and declared and sent != declared and answers.basis == "own":
        first, last = (date(day) for day in declared)
        text += " " + say("sample_declared", opened=first, closed=last)
    return wording.text("sample", text)
