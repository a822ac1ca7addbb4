"""Words that files of answers hold, as people and programs write them: `words.yml`."""

from importlib.resources import files

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: By what they say: lists of texts, of lists of texts, or of patterns.
WORDS = yaml.load((files(__package__) / "words.yml").read_text("utf-8"), _LOADER)
