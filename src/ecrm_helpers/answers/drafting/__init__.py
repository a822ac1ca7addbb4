"""A study.yml drafted from a file of answers: what was asked, and how it is answered.

Kinds are guessed from the answers, one column at a time (`guesses`), columns that
belong together are brought together (`groups`), and the whole is written with a
comment wherever a person must decide (`written`).
"""

from ecrm_helpers.answers.drafting.written import Draft, draft

__all__ = ["Draft", "draft"]
