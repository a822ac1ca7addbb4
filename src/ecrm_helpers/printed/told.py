"""A message in any language: what is wrong, or what was found, said when it is read."""

import errno
from collections.abc import Mapping
from typing import NamedTuple, Protocol, runtime_checkable
from unicodedata import category

from ecrm_helpers.printed.words import Edition, language, say

#: What the system refuses.
SYSTEM: dict[type[OSError] | int | None, str] = {
    FileNotFoundError: "os_missing",
    FileExistsError: "os_exists",
    IsADirectoryError: "os_folder",
    NotADirectoryError: "os_not_folder",
    PermissionError: "os_forbidden",
    errno.ENOSPC: "os_full",
    errno.EDQUOT: "os_full",
    errno.EROFS: "os_read_only",
}


@runtime_checkable
class Sayable(Protocol):
    """Whatever can be said in an edition."""

    def said(self, edition: Edition) -> str:
        """Say it in one edition."""


class Told(NamedTuple):
    """A phrase's key, what fills its blanks, and what is listed below it.

    What is itself told, or has a text in each language, fills a blank in the
    language of the edition.
    """

    key: str
    values: Mapping[str, object] = {}
    below: tuple[Sayable, ...] = ()

    def said(self, edition: Edition) -> str:
        """Say the message in one edition, and a line for each that is listed."""
        filled = {
            blank: value.said(edition) if isinstance(value, Sayable) else _tame(value)
            for blank, value in self.values.items()
        }
        listed = [f"  {each.said(edition)}" for each in self.below]
        return "\n".join([say(self.key, edition, **filled), *listed])


def _tame(value: object) -> str:
    """Write a value out; what would steer a terminal is shown as its code."""
    return "".join(
        ascii(sign)[1:-1] if category(sign) in ("Cc", "Cf") and sign != "\n" else sign
        for sign in str(value)
    )


def told(key: str, /, *below: Sayable, **values: object) -> Told:
    """Make a message.

    Examples
    --------
    >>> why = told("no_complete_pair")
    >>> told("not_computable", why=why).said("fr")
    "Non calculable : personne n'a répondu aux deux questions."
    """
    return Told(key, values, below)


def refusal(error: OSError) -> Told | str:
    """Say what the system refuses; in its own words what we have none for.

    Examples
    --------
    >>> refusal(FileNotFoundError())
    Told(key='os_missing', values={}, below=())
    """
    key = SYSTEM.get(type(error)) or SYSTEM.get(error.errno)
    return told(key) if key else error.strerror or str(error)


class Telling(Exception):
    """An error with a message in any language; its text is in the reader's.

    Parameters
    ----------
    key : str
        The phrase that says what is wrong.
    *below : Told, or another that can be said
        All that is listed below it, one a line.
    **values
        What fills the blanks of the phrase.
    """

    def __init__(self, key: str, /, *below: Sayable, **values: object) -> None:
        super().__init__(key)
        self.told = Told(key, values, below)

    def said(self, edition: Edition) -> str:
        """Say in one edition what is wrong."""
        return self.told.said(edition)

    def __str__(self) -> str:
        """Say what is wrong in the chosen language, or the shell's."""
        return self.said(language())

    def __repr__(self) -> str:
        """Show the kind of error and its message."""
        return f"{type(self).__name__}({str(self)!r})"


class Wrong(Telling, ValueError):
    """What was given cannot be used."""


class Failed(Telling, RuntimeError):
    """What was asked for could not be done."""
