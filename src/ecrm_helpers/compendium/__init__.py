"""The compendium made: notebooks run in order, rendered, and gathered as a site.

Arguments that are the same everywhere are described only here: `root` is the
compendium's folder, `edition` the language, ``"fr"`` or ``"en"``.
"""
