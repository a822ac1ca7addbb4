"""Recompute the numbers of a thesis and hold them against what it prints.

Ten rooms and two ground files; each imports only from those below it::

    cli          ``ecrm``, one file for each verb
    workshop     a class: answers for each student, the lesson, its checks
    compendium   what is made: plan, run, render, site; and its checks
    ledger       what is printed, held against what is recomputed
    shown        a result on a page: survey, hypotheses, coded interview
    answers      the one door for survey answers; the reconstructed data set
    interview    the coded interview; exchange with other programs
    statistics   analysis of answers, the data sets that printed numbers admit
                 (admissible), and what holds in all of these (robustness)
    study        what was asked, claimed and printed
    printed      a number or a phrase: its text, what it stands for, the way back
    files        the ground: where a project lies, files read and written whole
    programs     under it: programs of others, and nothing of the user's with them

The order inside each room stands in ``pyproject.toml``, and ``make lint``
holds both. ``tests/`` has the same rooms.
"""
