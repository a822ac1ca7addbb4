"""What tests are made of, so that each says only what it tests.

::

    forms        survey answers as Google Forms, Excel and SPSS write them
    one_export   such an export of twelve answers, and ways to spoil it
    synthetic    the invented answers as the door reads them
    artificial   an invented interview with two invented coders
    interview    the own interview as plain tables and sets
    projects     coding projects as other programs write them
    given        answers given to notebooks, and what comes of them
    small_books  notebooks of a few cells
    small_runs   runs of such notebooks, and what they left
    strange      a user's settings, wherever programs look for some
    groups       scores of groups, small and known
    admissible   the printed table, and every pair of histograms that fits
    brute_force  data sets tried one by one
    taguette/    the real Taguette, with the lock of its environment
    axe/         the lock of axe-core, which checks pages

What other programs printed stands in ``oracles/``, with the scripts.
"""
