"""The draft as a file: what was found, and a comment where a person must decide."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ecrm_helpers.answers.columns.match import kind_of
from ecrm_helpers.answers.drafting.groups import Asked, grouped
from ecrm_helpers.answers.drafting.guesses import Guess, guessed
from ecrm_helpers.answers.formats.any_form import sheet_of
from ecrm_helpers.answers.formats.kinds import content
from ecrm_helpers.answers.formats.moments import days_of, moments
from ecrm_helpers.answers.rows.respondents import no_respondents, without
from ecrm_helpers.printed import Edition, say
from ecrm_helpers.study import plain

#: Letters of a name made from a text.
_LONG = 20
#: Names that YAML would take for something else.
_NOT_TEXT = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
_NUMBER = re.compile(
    r"^\s*(?:(?:q(?:uestion)?\s*)?\d+\s*[-.):/]\s*|[a-z]\w*\.\s+(?=[^\W\d_]))", re.I
)
_NUMERIC = re.compile(r"[+-]?[\d.,\s]+")


@dataclass(frozen=True)
class Draft:
    """A study.yml in the making: its text, and how much is left to a person."""

    text: str
    questions: int
    decisions: int


def draft(path: Path, edition: Edition) -> Draft:
    """Draft the study of a file of answers.

    Parameters
    ----------
    path : path
        Any form of file that the door reads.
    edition : {"fr", "en"}
        The language of its questions, and of the comments.

    Returns
    -------
    Draft

    Raises
    ------
    Refused
        The file cannot be read.
    """
    whole = sheet_of(path, content(path), heads)
    asked_at = [
        place for place in range(len(whole.header)) if not kind_of(whole, place)
    ]
    sheet = without(whole, no_respondents(whole, asked_at))
    guesses = [guessed(sheet, place) for place in range(len(sheet.header))]
    asked = grouped(guesses)
    at = [n for n, guess in enumerate(guesses) if guess.why == "draft_moment"]
    sent = moments(sheet.cells[:, at[0]].tolist(), None, None)[0] if at else None
    days = days_of(sent, [True] * len(sheet.rows))
    questions = [one for one in asked if one.guess.kind]
    lines = [
        f"# {say('draft_head', edition, file=path.name, rows=len(whole.rows))}",
        f"title: {_both(path.stem, edition)}  # {_ask('draft_title', edition)}",
        *([f"opened: {days[0]}", f"closed: {days[1]}"] if days else []),
        f"# sampling: volunteers  # {_ask('draft_sampling', edition)}",
        "questions:",
        *_questions(asked, edition),
        *_hypotheses(questions, edition),
    ]
    text = "\n".join(lines) + "\n"
    return Draft(text, len(questions), text.count("# ? "))


def heads(header: Sequence[str]) -> int:
    """Count the cells of a row that may head a column: different texts, no numbers."""
    return sum(bool(text) and not _NUMERIC.fullmatch(text) for text in {*header})


def _questions(asked: Sequence[Asked], edition: Edition) -> Iterator[str]:
    """Write every column in its order: a question, or why it is none."""
    n = 0
    for one in asked:
        if one.guess.kind:
            n += 1
            yield from _question(n, one, edition)
        else:
            header = _quoted(one.guess.header or one.guess.name or "–")
            yield f"  # {header}: {say(one.guess.why, edition)}"


def _question(n: int, one: Asked, edition: Edition) -> Iterator[str]:
    guess = one.guess
    yield f"  q{n}:"
    for doubt in guess.doubts:
        yield f"    # {_ask(doubt, edition)}"
    yield f"    kind: {guess.kind}"
    if one.asked:
        yield f"    asked: {_quoted(one.asked)}"
    label = _NUMBER.sub("", one.asked) or say("draft_matrix", edition, n=n)
    yield f"    label: {_both(label, edition)}"
    if guess.scale:
        yield f"    scale: [{guess.scale[0]}, {guess.scale[1]}]"
    if guess.ends:
        yield f"    ends: [{', '.join(_both(end, edition) for end in guess.ends)}]"
    if guess.other:
        yield "    other: true"
    if "draft_unordered" in guess.doubts:
        yield "    ordered: false"
    yield from _levels(guess, edition)
    if one.items:
        yield f"    # reliability: true  # {_ask('draft_reliability', edition)}"
        yield "    items:"
        for place, item in enumerate(one.items, 1):
            text = f"asked: {_quoted(item)}, {_both(item, edition)[1:]}"
            yield f"      q{n}_{place}: {{{text}"


def _levels(guess: Guess, edition: Edition) -> Iterator[str]:
    texts = [*guess.levels, *guess.apart]
    if not texts:
        return
    yield "    levels:"
    names = list[str]()
    for text in texts:
        names.append(_name(text, names))
        apart = ", apart: true" if text in guess.apart else ""
        told = f"answer: {_quoted(text)}, {_both(text, edition)[1:-1]}{apart}"
        yield f"      {names[-1]}: {{{told}}}"


def _name(text: str, taken: Sequence[str]) -> str:
    """Make a name of a text, another than those taken."""
    short = "_".join(plain(text).split())[:_LONG].strip("_")
    usable = short.isascii() and short and not short[0].isdigit()
    name = short if usable and short not in _NOT_TEXT else f"l_{short}"
    name = name if name.isascii() else "l"
    return name if name not in taken and name != "l" else f"{name}_{len(taken) + 1}"


def _hypotheses(asked: Sequence[Asked], edition: Edition) -> Iterator[str]:
    """Show, as comments, how a score and a hypothesis are declared."""
    numbered = [(f"q{n}", one.guess.kind) for n, one in enumerate(asked, 1)]
    matrix = next((name for name, kind in numbered if kind == "matrix"), "")
    scales = [name for name, kind in numbered if kind == "scale"]
    if matrix:
        told = f"kind: mean, of: [{matrix}], label: {_both('…', edition)}"
        yield f"# {_ask('draft_score', edition)}"
        yield "# scores:"
        yield f"#   s1: {{{told}}}"
        scales.append("s1")
    yield f"# {_ask('draft_hypothesis', edition)}"
    yield "# hypotheses:"
    yield "#   h1:"
    yield f"#     claim: {_both('…', edition)}"
    yield f"#     variables: [{', '.join(scales[:2])}]"


def _both(text: str, edition: Edition) -> str:
    return f"{{{edition}: {_quoted(text)}}}"


def _quoted(text: str) -> str:
    """Write a text as YAML takes it, on one line."""
    return json.dumps(text, ensure_ascii=False)


def _ask(key: str, edition: Edition) -> str:
    return f"? {say(key, edition)}"
