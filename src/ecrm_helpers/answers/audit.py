"""What was found in a file of answers: said in words, given as JSON, or refused.

Texts from the file are hostile until written out: `quoted` shortens them and
leaves no control character.
"""

import datetime
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from ecrm_helpers.printed import Edition, Told, Wrong, say, told

#: Where answers come from; how the ids of those that are nobody's begin.
Origin = Literal["reconstructed", "synthetic", "own"]
RECONSTRUCTED, SYNTHETIC = "REC-", "SYN-"

#: So many lines of a file are listed for one fault; then they are counted.
_LISTED = 10
_SHOWN = 60


class Refused(Wrong):
    """A file that cannot be used; the message lists every reason, and what to do."""

    def __init__(self, file: str, faults: Sequence[Told]) -> None:
        self.file, self.faults = file, tuple(faults)
        super().__init__("read_refused", *faults, file=file, k=len(faults))

    def said(self, edition: Edition) -> str:
        """Write the refusal in one edition."""
        return f"{super().said(edition)}\n{say('read_remedy', edition)}"


class Flag(NamedTuple):
    """A row that needs a decision, by its line in the file."""

    line: int
    rule: str
    why: Told


class Other(NamedTuple):
    """A free answer, kept apart until a table of recodes says what it is."""

    line: int
    question: str
    text: str


#: What each rule is called.
RULES = {
    "before_opening": "rule_before_opening",
    "double": "rule_double",
    "earlier_version": "rule_earlier_version",
    "contradictory": "rule_contradictory",
    "no_answer": "rule_no_answer",
    "footer": "rule_footer",
    "test": "rule_test",
    "table": "rule_table",
}
#: Rules that leave out what is no respondent, and the author's own table; every
#: other rule takes somebody's answers away.
NOBODY, TABLE = ("no_answer", "footer", "test"), "table"


#: Notes on what may have been read otherwise than it was meant.
DOUBTS = frozenset(
    "read_hidden read_day_first read_days read_no_moment read_free_level "
    "read_free_often read_far_out read_unsent read_undated read_tried "
    "read_points read_merged read_below read_weights".split()
)

#: What JSON has as it stands.
_PLAIN = (
    *("file", "sha256", "encoding", "delimiter", "origin", "rows", "valid"),
    *("personal", "ignored"),
)

#: A first and a last day.
Period = tuple[datetime.date, datetime.date]


class SetAside(NamedTuple):
    """A row left out: by which rule, and why in words."""

    rule: str
    why: str | Told


def told_by_rule(counts: Mapping[str, int]) -> list[Told]:
    """Say how many rows each rule set aside."""
    return [
        told("set_aside_by", rule=told(RULES[rule]), k=k) for rule, k in counts.items()
    ]


@dataclass(frozen=True)
class Audit:
    """What was read, changed, flagged and set aside, and what is left."""

    file: str
    sha256: str
    form: str
    encoding: str | None
    delimiter: str | None
    rows: int
    valid: int
    origin: Origin
    columns: Mapping[str, str]
    missing: Mapping[str, int]
    notes: Sequence[Told] = ()
    flags: Sequence[Flag] = ()
    excluded: Mapping[int, SetAside] = field(default_factory=dict)
    others: Sequence[Other] = ()
    personal: Sequence[str] = ()
    ignored: Sequence[str] = ()
    #: How many gave an answer that is counted apart, by column and answer.
    apart: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    #: First and last day on which a row that is used was sent, if the file says.
    collected: Period | None = None

    @property
    def rules(self) -> dict[str, int]:
        """How many rows each rule set aside."""
        return dict(Counter(one.rule for one in self.excluded.values()))

    def head(self, edition: Edition) -> list[str]:
        """Say how many rows were read, used, set aside by what rule; what to check."""
        told = {"file": self.file, "form": self.form.upper(), "rows": self.rows}
        lines = [say("read_head", edition, valid=self.valid, **told)]
        lines += [one.said(edition) for one in told_by_rule(self.rules)]
        return lines + [one.said(edition) for one in self.notes if one.key in DOUBTS]

    def said(self, edition: Edition) -> str:
        """Write the audit in one edition, a line for each finding."""
        lines = [
            *self.head(edition),
            say("read_sha256", edition, sha256=self.sha256[:16]),
            *(one.said(edition) for one in self.notes if one.key not in DOUBTS),
            *(
                say("read_column", edition, question=name, header=quoted(header))
                for name, header in self.columns.items()
            ),
        ]
        ruled = {
            line for line, one in self.excluded.items() if isinstance(one.why, Told)
        }
        for flag in self.flags:
            if flag.line not in ruled:
                lines.append(_at(flag.line, flag.why, edition))
        for line, one in self.excluded.items():
            excluded = told("read_excluded", why=_said(one.why, edition))
            lines.append(_at(line, excluded, edition))
        for other in self.others:
            free = told("read_other", question=other.question, text=quoted(other.text))
            lines.append(_at(other.line, free, edition))
        lines += [
            say("read_missing", edition, question=name, n=self.valid - k, missing=k)
            for name, k in self.missing.items()
        ]
        lines += [
            say("read_apart", edition, question=name, answer=quoted(answer), k=k)
            for name, answers in self.apart.items()
            for answer, k in answers.items()
        ]
        return "\n".join(lines)

    def json(self, edition: Edition) -> str:
        """Write the audit as JSON, its reasons in one edition."""
        found: dict[str, Any] = {
            **{key: getattr(self, key) for key in _PLAIN},
            "format": self.form,
            "columns": dict(self.columns),
            "flags": [
                {
                    "row": flag.line,
                    "rule": flag.rule,
                    "reason": flag.why.said(edition),
                    "excluded": flag.line in self.excluded,
                }
                for flag in self.flags
            ],
            "excluded": [
                {"row": line, "rule": one.rule, "reason": _said(one.why, edition)}
                for line, one in self.excluded.items()
            ],
            "other": [
                {"row": line, "question": name, "text": text}
                for line, name, text in self.others
            ],
            "missing": dict(self.missing),
            "apart": {name: dict(counts) for name, counts in self.apart.items()},
            "notes": [one.said(edition) for one in self.notes],
            "errors": [],
        }
        return json.dumps(found, ensure_ascii=False, indent=1)


def refusal_json(refused: Refused, edition: Edition) -> str:
    """Write a refusal with the keys of an audit: nothing was read."""
    nothing = dict.fromkeys(("rows", "valid", "encoding", "delimiter"))
    errors = [fault.said(edition) for fault in refused.faults]
    found: dict[str, Any] = {
        "file": refused.file,
        **nothing,
        "flags": [],
        "missing": {},
    }
    return json.dumps({**found, "errors": errors}, ensure_ascii=False, indent=1)


def _said(why: str | Told, edition: Edition) -> str:
    return why if isinstance(why, str) else why.said(edition)


def _at(line: int, what: Told, edition: Edition) -> str:
    return say("read_row", edition, row=line, what=what.said(edition))


def listed(lines: Sequence[int]) -> str:
    """Write line numbers, of many the first ten and how many more there are."""
    shown = ", ".join(str(line) for line in lines[:_LISTED])
    more = len(lines) - _LISTED
    return f"{shown} (+ {more})" if more > 0 else shown or "–"


def quoted(text: str) -> str:
    r"""Write a text of the file on one line, short, without control characters.

    Examples
    --------
    >>> quoted("a\nb" + 99 * "c")[:8]
    'a\\nbcccc'
    """
    cut = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in cut)
