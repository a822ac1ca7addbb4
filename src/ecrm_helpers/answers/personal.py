"""What tells of a person: patterns shared by the door and the privacy gate."""

import re

EMAIL = re.compile(r"[\w.%+-]{1,64}@(?:[\w-]+\.)+[A-Za-z]{2,}")
#: Algeria: +213 or 00213 and 8 or 9 digits; at home 05, 06 or 07 and 8 digits,
#: run together or grouped with one separator throughout, so that no date fits.
PHONE = re.compile(
    r"""(?<!\w)(?<!\d\.)(?:
        (?:\+|00)\s?213(?:[\s.()/-]{0,3}\d){8,9}
      | 0[567](?:\d{8}
          | (?P<a>[\s./-])\d\d(?:(?P=a)\d\d){3}
          | (?P<b>[\s./-])\d\d(?P=b)\d{3}(?P=b)\d{3}
          | \d\d(?P<c>[\s./-])\d\d(?:(?P=c)\d\d){2}
          | \d\d(?P<d>[\s./-])\d{3}(?P=d)\d{3})
    )(?!\w|\.\d)""",
    re.VERBOSE,
)
#: Header cells as exports write them, once `plain`.
COLUMNS = {
    "column of names or addresses": re.compile(
        r"(?:votre |your )?(?:(?:(?:first|last|full|family|given|user) ?)?name|surname"
        r"|(?:nom|prenoms?)(?: (?:et|de famille|complet|d utilisateur|prenoms?|nom))*"
        r"|(?:adresse )?(?:e ?)?mail(?: address)?|courriel|(?:adresse )?ip(?: address)?"
        r"|(?:numero de )?(?:tele)?phone(?: number)?|tel|mobile)"
    ),
    "column of moments": re.compile(
        r"horodat\w+|time ?stamp|(?:start|completion|end|submission) ?time"
        r"|submit ?date|(?:start|end|recorded) ?date|date ?stamp"
        r"|heure de (?:debut|fin)|date de soumission"
    ),
}
#: The same, met anywhere in the header of a column that is no question.
LOOSELY = re.compile(
    r"\b(?:noms?|prenoms?|name|surname|e ?mail|mail|courriel|telephone|phone|mobile"
    r"|adresse|address|ip)\b"
)


def without_persons(text: str) -> str:
    """Take addresses and telephone numbers out of a text.

    Examples
    --------
    >>> without_persons("by mail: someone@example.org")
    'by mail: […]'
    """
    return PHONE.sub("[…]", EMAIL.sub("[…]", text))
