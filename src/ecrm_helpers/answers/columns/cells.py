"""What a cell says when it says no answer: markers, codes, labels with a number."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ecrm_helpers.answers.audit import Other, listed, quoted
from ecrm_helpers.answers.words import WORDS
from ecrm_helpers.printed import Told, told
from ecrm_helpers.study import Question, plain

#: What SPSS, Excel, R and LimeSurvey write where nothing was answered.
_MARKERS = {*WORDS["markers"]}
#: The same in words, once `plain`.
_SILENT = re.compile("|".join(WORDS["silent"]))
#: What no respondent wrote: numbers, codes of a program, truth values, failed
#: formulas, dates.
_NO_WORDS = re.compile("|".join(WORDS["no_words"]), re.IGNORECASE)
#: An answer in one's own words, as a level; what asks for it in a column beside.
_OTHER = r"(?:autres?|others?)(?: reponses?)?"
_ASKS = r"(?:veuillez |a |please )?(?:precise[rz]?|specif(?:y|iez))(?: .*)?"
_ITS_OWN = re.compile(rf"oth|{_OTHER}(?: {_ASKS})?(?: te?xte?)?|{_ASKS}")
_NUMBERED = re.compile(
    r"\s*\(?(\d{1,9}|[A-Za-z](?=[.)]\s))\s*(?:[-–—.:=()/]\s*(.*)|$)", re.DOTALL
)


def is_marker(text: str) -> bool:
    """Tell whether a cell only marks that nothing was answered.

    Examples
    --------
    >>> [is_marker(text) for text in ("#NULL!", "N/A", "-", "Sans réponse", "Non")]
    [True, True, True, True, False]
    """
    plainly = text.strip().casefold()
    return plainly in _MARKERS or _SILENT.fullmatch(plain(plainly)) is not None


def no_words(text: str) -> bool:
    """Tell whether a text is a program's, so that it is no free answer.

    Examples
    --------
    >>> [no_words(text) for text in ("A1", "#REF!", "2022-05-03", "Par un ami")]
    [True, True, True, False]
    """
    return _NO_WORDS.fullmatch(text.strip()) is not None


def is_own_words(text: str) -> bool:
    """Tell whether a text stands for an answer in one's own words.

    Examples
    --------
    >>> [is_own_words(text) for text in ("Autre (veuillez préciser)", "Autres avis")]
    [True, False]
    """
    return _ITS_OWN.fullmatch(plain(text)) is not None


def unnumbered(label: str) -> tuple[str, str]:
    """Part a label from the number before it.

    Examples
    --------
    >>> [unnumbered(text) for text in ("7 - Très content", "b) Neutre", "Non", "5")]
    [('7', 'Très content'), ('b', 'Neutre'), ('', 'Non'), ('5', '')]
    """
    found = _NUMBERED.fullmatch(label)
    return (found[1], (found[2] or "").strip()) if found else ("", label.strip())


#: A point as stars, or beside the highest one or what is counted.
_RATED = re.compile(
    r"(\d{1,3})(?:[.,]0+)?\s*(?:(?:/|sur|out of|of)\s*(\d{1,3})"
    r"|(?:(?:[ée]toile|star|point)s?|pts?\.?|[★⭐]\ufe0f?))|((?:[★⭐]\ufe0f?)+)([☆✩]*)",
    re.IGNORECASE,
)


def rated(text: str) -> tuple[int, int | None] | None:
    """Give the point that a text names, and the highest where it says so.

    Examples
    --------
    >>> [rated(text) for text in ("3 étoiles", "4 sur 5", "2/5", "★★★☆☆", "3 ans")]
    [(3, None), (4, 5), (2, 5), (3, 5), None]
    """
    found = _RATED.fullmatch(text)
    if found is None:
        return None
    if found[1]:
        return int(found[1]), int(found[2]) if found[2] else None
    stars = len(found[3].replace("\ufe0f", ""))
    return stars, stars + len(found[4]) if found[4] else None


def labels_twice(name: str, labels: Mapping[str, str]) -> Iterator[Told]:
    """Find codes of one column that share a label: nobody can tell them apart."""
    codes: dict[str, list[str]] = {}
    for code, label in labels.items():
        codes.setdefault(plain(label), []).append(code)
    for said, shared in codes.items():
        if said and len(shared) > 1:
            label = quoted(labels[shared[0]])
            yield told(
                "fault_label_twice", question=name, codes=", ".join(shared), label=label
            )


#: So many times, and by so many respondents in a hundred, the same free answer
#: was given that it may be a level; so many answers show how a file is coded.
_OFTEN, _SHARE, _FEW = 3, 5, 5


def free_doubts(
    name: str, question: Question, others: Sequence[Other], answered: int
) -> tuple[list[Told], list[Told]]:
    """Find what was counted as written freely, and may be a level after all.

    Parameters
    ----------
    name, question
        The question, of which something else than its levels may be answered.
    others : sequence of Other
        What was counted as written freely.
    answered : int
        How many answered the question.

    Returns
    -------
    list of Told
        What is doubtful.
    list of Told
        What is wrong: that most answers name levels in a form that is not known,
        or that not one of several is a level.
    """
    texts = [plain(other.text) for other in others]
    spelled = ((one.answer, one.fr, one.en) for one in question.levels.values())
    words = {f" {plain(text)} " for each in spelled for text in each} - {"  "}
    pairs = list(zip(others, texts, strict=True))
    naming = [one for one, said in pairs if any(word in f" {said} " for word in words)]
    if 2 * len(naming) > answered or answered == len(others) >= _FEW:
        found = quoted((naming or others)[0].text)
        values = {"question": name, "k": len(others), "n": answered}
        return [], [told("fault_coded", found=found, **values)]
    enough = max(_OFTEN, answered * _SHARE / 100)
    often = [
        f"{quoted(text)} ({k})" for text, k in Counter(texts).items() if k >= enough
    ]
    lines = listed([one.line for one in naming])
    level = told("read_free_level", question=name, k=len(naming), lines=lines)
    given = told("read_free_often", question=name, answers=", ".join(often))
    return [level] * bool(naming) + [given] * bool(often), []
