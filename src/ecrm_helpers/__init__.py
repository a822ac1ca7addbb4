"""Recompute the numbers of a thesis and hold them against what it prints.

Read the modules in this order; each imports only from those before it::

    files        where a project lies
    rows         a CSV file read whole, or refused
    marks        lines of a YAML file
    printed      a printed number: its text, its interval, the way back
    published    the thesis's numbers and claims, with their places
    numerals     the numerals of the thesis's text, and whose each is
    checked_text results that a text reports, each p recomputed
    study        what was asked, claimed, and decided by which rule
    admissible   every data set that printed statistics allow
    analysis     estimates at full precision
    answers      the one door for survey answers; the reconstructed data set
    interview    the coded interview
    robustness   estimates over every admissible data set
    derived      what takes long: computed once from a seed, and kept
    shown        words, tables, figures, and the ledger of printed numbers
    compendium   notebooks run in order, rendered, gathered as a site
    cli          the same, from a shell: a module for each verb
"""
