"""An invented transcript with two invented coders, for tests only.

It says of itself that it is artificial; no interview and no coder stands
behind it.
"""

import csv
import hashlib
import io

from ecrm_helpers.interview.tables import COLUMNS, guid

TURNS = [
    ("T1", "Q", "Artificial question: how do clients reach you?"),
    ("T2", "A", "Artificial answer: they write, and we reply at once."),
    ("T3", "Q", "Artificial question: and is that enough?"),
    ("T4", "A", "Artificial answer: no, a tool alone is not enough — été comme hiver."),
    ("T5", "Q", "Artificial question: what else?"),
    ("T6", "A", "Artificial answer: skills, and time 🕰 for each client."),
]
CODES = [
    ("outcomes", "", "Outcomes"),
    ("outcomes-interactivity", "outcomes", "Interactivity"),
    ("outcomes-realtime", "outcomes", "Quick reply"),
    ("limits", "", "Limits"),
    ("limits-insufficient", "limits", "Insufficiency"),
    ("limits-condition", "limits", "Precondition"),
]
CODINGS = [
    ("T2", "outcomes-interactivity", "one"),
    ("T2", "outcomes-realtime", "one"),
    ("T2", "outcomes-realtime", "two"),
    ("T4", "limits-insufficient", "one"),
    ("T4", "limits-condition", "two"),
    ("T6", "limits-condition", "one"),
    ("T6", "limits-condition", "two"),
]


def rows():
    """Give the rows of every table, and the text."""
    text, segments = "", []
    for turn, speaker, words in TURNS:
        start = len(text)
        text += words + "\n"
        end = start + len(words)
        segments.append((turn, "talk", start, end, words, turn, speaker, ""))
    sha = hashlib.sha256(text.encode()).hexdigest()
    about = ("An artificial definition.", "", "", "a_priori")
    return {
        "documents": [("talk", "talk.txt", sha)],
        "codebook": [(*c, *about, guid("code", c[0])) for c in CODES],
        "segments": segments,
        "codings": [(*coding, "1", "", "") for coding in CODINGS],
        "coders": [("one", "Artificial coder 1"), ("two", "Artificial coder 2")],
    }, text


def written(folder):
    """Write the folder and give it."""
    folder.mkdir(parents=True, exist_ok=True)
    tables, text = rows()
    for name, lines in tables.items():
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerows([COLUMNS[name], *lines])
        (folder / f"{name}.csv").write_bytes(out.getvalue().encode())
    (folder / "talk.txt").write_bytes(text.encode())
    return folder
