"""The texts of a study: in both editions, as levels, as patterns of headers."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)
from pydantic_core import PydanticCustomError

from ecrm_helpers.printed import EDITIONS, Edition

#: A place in the file, by keys and by numbers in lists.
Place = tuple[int | str, ...]


class Record(BaseModel):
    """What a study says, once read: unchanging, and of known keys only."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Bilingual(Record):
    """A text in both editions, or in one: then it stands in for the other too.

    Examples
    --------
    >>> Bilingual(fr="Âge"), Bilingual(fr="Âge")["en"]
    (Bilingual(fr='Âge', en='Âge'), 'Âge')
    """

    fr: str
    en: str
    #: The one edition that it was written for, where it is one alone.
    only: Edition | None = Field(default=None, exclude=True, repr=False)

    @model_validator(mode="before")
    @classmethod
    def _in_one(cls, given: Any) -> Any:
        if not isinstance(given, Mapping):
            return given
        written = [edition for edition in EDITIONS if edition in given]
        if len(written) != 1:
            return given
        (only,) = written
        return {**given, **dict.fromkeys(EDITIONS, given[only]), "only": only}

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
    #: Whether it is counted apart ("don't know"): no point of a scale, no group.
    apart: bool = False


def texts_of(held: Any, where: Place = ()) -> Iterator[tuple[Place, Bilingual]]:
    """Give every text of a record with its place.

    Examples
    --------
    >>> said = Bilingual(fr="Âge", en="Age")
    >>> [place for place, _ in texts_of({"a": [said], "b": {"c": said}})]
    [('a', 0), ('b', 'c')]
    """
    if isinstance(held, Bilingual):
        yield where, held
    elif isinstance(held, BaseModel):
        fields = {name: getattr(held, name) for name in type(held).model_fields}
        yield from texts_of(fields, where)
    elif isinstance(held, Mapping):
        for key, value in held.items():
            yield from texts_of(value, (*where, key))
    elif isinstance(held, tuple | list):
        for place, value in enumerate(held):
            yield from texts_of(value, (*where, place))


def fault(key: str, **values: str) -> PydanticCustomError:
    """Make an error of the schema whose kind is a phrase's key."""
    return PydanticCustomError(key, "{message}", {"message": key, **values})


#: What a pattern writes for a kind of sign, or as the name of a part.
_ESCAPED = re.compile(r"\\.|\(\?P?<\w+>")
#: Signs that mean nothing in a pattern and stand in no header as it is compared.
_PUNCTUATION = frozenset("'\N{RIGHT SINGLE QUOTATION MARK},;\"«»…%&/@#~_")


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise fault("study_pattern", why=str(error)) from None
    if never := sorted({sign for sign in _ESCAPED.sub("", pattern) if _never(sign)}):
        raise fault("study_pattern_never", signs=" ".join(never))
    return pattern


def _never(sign: str) -> bool:
    """Whether no header has a sign once it is written by `plain`."""
    return sign in _PUNCTUATION or (sign.isalpha() and plain(sign) != sign)


Patterns = tuple[Annotated[str, AfterValidator(_compiles)], ...]


def _listed(given: Any) -> Any:
    return (given,) if isinstance(given, str) else given


#: One text, or several: a question as it was asked, and asked again in other words.
Texts = Annotated[tuple[str, ...], BeforeValidator(_listed)]


#: Signs that nobody sees: nought, soft hyphens, blanks without width, directions.
_UNSEEN = re.compile("[\0\xad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def visible(text: str) -> str:
    r"""Leave out the signs of a text that nobody sees.

    Examples
    --------
    >>> visible("\u200bHo\xadmme\ufeff")
    'Homme'
    """
    return _UNSEEN.sub("", text)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Write a text in small letters, without accents or punctuation.

    Examples
    --------
    >>> plain("Tout à fait\N{NO-BREAK SPACE}d\N{RIGHT SINGLE QUOTATION MARK}accord ")
    'tout a fait d accord'
    """
    return " ".join(re.findall(r"[^\W_]+", unaccented(visible(text).casefold())))


def unaccented(text: str) -> str:
    """Write a text without accents.

    Examples
    --------
    >>> unaccented("Étudiant")
    'Etudiant'
    """
    letters = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in letters if not unicodedata.combining(sign))
