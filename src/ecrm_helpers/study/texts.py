"""The texts of a study: in both editions, as levels, as patterns of headers."""

import re
import unicodedata
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict
from pydantic_core import PydanticCustomError

from ecrm_helpers.printed import Edition


class Record(BaseModel):
    """What a study says, once read: unchanging, and of known keys only."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Bilingual(Record):
    """A text in both editions."""

    fr: str
    en: str

    def __getitem__(self, edition: Edition) -> str:
        """Give the text of one edition."""
        return self.fr if edition == "fr" else self.en

    def said(self, edition: Edition) -> str:
        """Give the text of one edition, as every message does."""
        return self[edition]


class Level(Bilingual):
    """One answer of a closed question: as answered, other spellings, its labels."""

    answer: str
    also: tuple[str, ...] = ()


def fault(key: str, **values: str) -> PydanticCustomError:
    """Make an error of the schema whose kind is a phrase's key."""
    return PydanticCustomError(key, "{message}", {"message": key, **values})


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise fault("study_pattern", why=str(error)) from None
    return pattern


Patterns = tuple[Annotated[str, AfterValidator(_compiles)], ...]


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Write a text in small letters, without accents or punctuation.

    Examples
    --------
    >>> plain("Tout à fait\N{NO-BREAK SPACE}d\N{RIGHT SINGLE QUOTATION MARK}accord ")
    'tout a fait d accord'
    """
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = (c for c in letters if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", "".join(kept)))
