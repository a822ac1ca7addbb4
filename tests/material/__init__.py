"""What tests are made of, so that each says only what it tests.

::

    forms        survey answers as Google Forms, Excel and SPSS write them
    artificial   an invented interview with two invented coders
    small_books  notebooks of a few cells
    brute_force  data sets tried one by one
    taguette/    the real Taguette, with the lock of its environment
    axe/         the lock of axe-core, which checks pages

What other programs printed stands in ``oracles/``, with the scripts.
"""
