"""When each row was sent, however programs write it."""

import datetime
import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from ecrm_helpers.answers.words import WORDS
from ecrm_helpers.printed import Told, told
from ecrm_helpers.study import plain

#: Year first, or day and month in either order; then perhaps a time, with
#: fractions of a second, half of the day and time zone.
_WRITTEN = (
    r"^(?:(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"
    r"|(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<c>\d{4}|\d\d))"
    r"(?:[T\s,]+(?P<hour>\d{1,2})[:h](?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
    r"\s*(?P<half>[AP]M)?)?"
    r"\s*(?:Z|(?:UTC|GMT)?\s*(?:[+-]\d{1,2}(?::?\d\d)?)?|UTC|GMT)$"
)
#: A day whose month is named, after its weekday or not, before its time or not.
_NAMED = re.compile(
    r"(?:[^\W\d_]+[.,]*\s+(?=.*[^\W\d_]{3}))?(?:(?P<before>[^\W\d_]{3,})[.,]?\s+)?"
    r"(?P<day>\d{1,2})(?:er|st|nd|rd|th)?(?:[\s-]+(?P<after>[^\W\d_]{3,})\.?)?"
    r"[\s,-]+(?P<year>\d{4})\b,?(?:\s+(?:à|at))?",
    re.IGNORECASE,
)
_MONTHS = {way: n for n, ways in enumerate(WORDS["months"], 1) for way in ways}
#: Of two digits, years above are of the century before, as in a spreadsheet.
_OLD = 29
#: What may be another day.
UNSURE = ("read_day_first", "read_short_years", "read_serials")
_SERIAL = r"\d{5}(?:\.\d+)?"
#: Morning and afternoon in other writings.
_HALVES = {r"ص|\ba\.m\.": "AM", r"م|\bp\.m\.": "PM", "am$": "AM", "pm$": "PM"}
#: What LimeSurvey writes where a survey keeps no moments.
_NEVER = pd.Timestamp("1980-01-01")


def moments(
    texts: Sequence[str], opened: datetime.date | None, closed: datetime.date | None
) -> tuple[pd.Series | None, list[Told]]:
    """Read when each row was sent.

    Day and month are told apart by what can be read at all, and then by the
    survey's dates; the day comes first where both would do, which is said.

    Parameters
    ----------
    texts : sequence of str
        As the file writes them.
    opened, closed : date, optional
        The survey's first and last day.

    Returns
    -------
    Series of datetime, or None
        ``NaT`` where a moment cannot be told; None where the file keeps none.
    list of Told

    Examples
    --------
    >>> texts = ["7/14/22 1:03:11 PM", "2022-07-08T09:03:11.5+01:00"]
    >>> read, _ = moments(texts, None, None)
    >>> [str(moment) for moment in read]
    ['2022-07-14 13:03:11', '2022-07-08 09:03:11']
    """
    plainly = pd.Series(texts, dtype="object")
    if any(map(str.isalpha, set("".join(texts)))):
        plainly = plainly.map(in_digits)
        for way, half in _HALVES.items():
            plainly = plainly.str.replace(way, half, regex=True)
    parts = plainly.str.extract(_WRITTEN)
    short = parts["c"].str.len() == 2
    bare = plainly[parts.isna().all(axis=1)]
    serials = pd.to_numeric(bare[bare.str.fullmatch(_SERIAL)])
    orders = _read(parts, short, serials)
    best, notes = _order(orders, opened, closed)
    if len(best) and (best == _NEVER).all():
        return None, [told("read_never", day=_NEVER.date().isoformat())]
    counts = zip(UNSURE[1:], (int(short.sum()), len(serials)), strict=True)
    notes += [told(key, k=k) for key, k in counts if k]
    if unread := int((best.isna() & (plainly != "")).sum()):
        notes.append(told("read_no_moment", k=unread))
    if closed and (after := int((best >= _next(closed)).sum())):
        notes.append(told("read_after", k=after, closed=closed.isoformat()))
    return best, notes


def in_digits(text: str) -> str:
    """Write a month's name as digits, year first; what names none stays.

    Examples
    --------
    >>> in_digits("mar. 1er août 2024 à 10:05"), in_digits("March 12, 2024")
    ('2024-08-1 10:05', '2024-03-12')
    """
    found = _NAMED.match(text)
    name = plain(found["before"] or found["after"] or "") if found else ""
    if found is None or name not in _MONTHS:
        return text
    day = f"{found['year']}-{_MONTHS[name]:02}-{found['day']}"
    return f"{day} {text[found.end() :].strip()}".strip()


def _next(day: datetime.date) -> pd.Timestamp:
    return pd.Timestamp(day) + pd.Timedelta(days=1)


def _read(parts: pd.DataFrame, short: pd.Series, serials: pd.Series) -> list[pd.Series]:
    """Read the parts as dates, of two short numbers first the day, then the month."""
    of = parts.drop(columns="half").apply(pd.to_numeric)
    late, early = parts["half"] == "PM", parts["half"] == "AM"
    hour = of["hour"].fillna(0)
    clock = {
        "year": of["year"].fillna(of["c"] + short * (1900 + 100 * (of["c"] <= _OLD))),
        "hour": hour + 12 * (late & (hour < 12)) - 12 * (early & (hour == 12)),
        "minute": of["minute"].fillna(0),
        "second": of["second"].fillna(0),
    }
    days = pd.to_datetime(serials, unit="D", origin="1899-12-30", errors="coerce")
    read = []
    for first, second in ("day", "month"), ("month", "day"):
        named = {first: of[first].fillna(of["a"]), second: of[second].fillna(of["b"])}
        written = pd.to_datetime(pd.DataFrame(clock | named), errors="coerce")
        read.append(written.astype("datetime64[ns]").fillna(days.dt.round("s")))
    return read


def _order(
    orders: Sequence[pd.Series],
    opened: datetime.date | None,
    closed: datetime.date | None,
) -> tuple[pd.Series, list[Told]]:
    """Choose between day first and month first, and say what was chosen."""
    low = pd.Timestamp(opened or datetime.date.min.replace(year=1900))
    high = _next(closed or datetime.date(2100, 1, 1))
    day, month = (
        (int(one.notna().sum()), int(one.between(low, high).sum())) for one in orders
    )
    if month > day:
        return orders[1], [told("read_month_first")]
    unsure = month == day and not orders[0].equals(orders[1])
    return orders[0], [told("read_day_first")] if unsure else []


def days_of(
    sent: pd.Series | None, used: Sequence[bool]
) -> tuple[datetime.date, datetime.date] | None:
    """Give the first and the last day on which a row that is used was sent.

    None where the file says it of no such row.

    Examples
    --------
    >>> sent, _ = moments(["2022-07-14", "2022-07-08", "1999-01-01"], None, None)
    >>> [str(day) for day in days_of(sent, [True, True, False])]
    ['2022-07-08', '2022-07-14']
    """
    if sent is None:
        return None
    told = sent[np.array(used, dtype=bool)].dropna()
    return None if told.empty else (told.min().date(), told.max().date())
