"""A parser that speaks the reader's language, argparse's own words included.

Helps, descriptions, headings and names of values are given to it as keys of
phrases, and said when they are shown; nothing is read before.
"""

import argparse
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn, cast

from ecrm_helpers.printed import HELD, Edition, held, keyed, language, say, told

#: Phrases whose English is argparse's own text.
OWN = keyed(
    "parser_",
    "parser_usage parser_positional parser_options parser_help parser_argument "
    "parser_required parser_one_required parser_unrecognized parser_ambiguous "
    "parser_choice parser_nearest parser_value parser_one_expected parser_at_most_one "
    "parser_at_least_one parser_expected_one parser_expected_many parser_not_with "
    "parser_ignored parser_unknown_verb",
)

#: Groups of options that argparse names itself.
_GROUPS = ("positional arguments", "options")

#: Names of values; others, such as N, are the same in both languages.
VALUES = keyed(
    "value_",
    "value_address value_file value_folder value_high value_low value_name "
    "value_place value_row value_rule value_value value_verb",
)


def own(text: str) -> str:
    """Say a text of argparse; one that has no phrase stays as it is.

    Examples
    --------
    >>> own("options"), own("a text that argparse does not have")
    ('options', 'a text that argparse does not have')
    """
    keys = (key for key in OWN.values() if say(key, "en") == text)
    return next((say(key, language()) for key in keys), text)


def asked(arguments: Sequence[str]) -> Edition | None:
    """Find the language that `--lang` asks for, for help and refusals too.

    Examples
    --------
    >>> asked(["read", "--lang", "fr"]), asked(["read", "--lang=en"]), asked(["read"])
    ('fr', 'en', None)
    """
    found = re.search(r"--lang[= ](fr|en)(?= |$)", " ".join(arguments))
    return cast(Edition, found[1]) if found else None


@contextmanager
def own_words() -> Iterator[None]:
    """Let argparse say its own words in the reader's language meanwhile."""
    kept = {name: getattr(argparse, name) for name in ("_", "ngettext")}
    said = {"_": own, "ngettext": lambda one, more, n: own(one if n == 1 else more)}
    try:
        vars(argparse).update(said)
        yield
    finally:
        vars(argparse).update(kept)


def said(key: str) -> str:
    """Say a phrase, French punctuation held to its word when lines are broken."""
    return held(say(key, language()), language())


class Spoken(argparse.HelpFormatter):
    """Help whose texts are keys of phrases."""

    def add_text(self, text: str | None) -> None:
        """Add a description."""
        super().add_text(said(text) if text else text)

    def start_section(self, heading: str | None) -> None:
        """Begin a group of options; argparse names two of them itself."""
        name = own(str(heading)) if heading in _GROUPS else said(str(heading))
        super().start_section(name + (HELD if language() == "fr" else ""))

    def _get_help_string(self, action: argparse.Action) -> str | None:
        if isinstance(action, argparse._HelpAction):
            return own(str(action.help))
        return said(action.help) if action.help else None


def named(action: argparse.Action) -> None:
    """Name the values of an option in the reader's language."""
    name = action.metavar
    if isinstance(name, tuple):
        action.metavar = tuple(_value(part) for part in name)
    elif name is not None:
        action.metavar = _value(name)


def _value(name: str) -> str:
    known = VALUES.get(name.lower())
    return say(known, language()) if known else name


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line."""

    def __init__(self, **options: object) -> None:
        super().__init__(**{"formatter_class": Spoken, **options})  # type: ignore[arg-type]

    def parse_known_args(self, *given: Any, **options: Any) -> Any:
        """Name all values in the reader's language, then parse."""
        for action in self._actions:
            named(action)
        return super().parse_known_args(*given, **options)

    def error(self, message: str) -> NoReturn:
        """End with status 2; the usage is one `--help` away."""
        why = told("parser_error", message=message, command=self.prog)
        self.exit(2, f"{held(why.said(language()), language())}\n")
