"""The one door for survey answers, and the data set the thesis's numbers allow.

Read the modules in this order; each imports only from those before it::

    audit        what was found, said in words or as JSON, or refused
    personal     what tells of a person
    formats      a file as a table of texts, whatever program wrote it
    columns      which column holds which question, and what its answers stand for
    rows         which rows count: respondents, flags, what an author decided
    read         columns named as the questions, as the notebooks take them
    dictionary   what each column holds, for people and programs
    door         all of it: a file in, a clean frame and its audit out
    export       clean answers as CSV, XLSX or SPSS's file, with its syntax
    synthetic    an invented export, for demonstration
    reconstruct  the one data set of the compendium, from the printed values

Said once, here: `study` is the questionnaire (`Study`), `values` are the printed
values by their id (mapping of str to `Value`).
"""
