"""The coded interview: from text and codes to a judgement, and out again.

The thesis prints no transcript, only a report of the answers by theme. The
segments are the compendium's paraphrases of that report. Counts are counts of
these paraphrases, not of the interview, and feed no decision.

Read the modules in this order; each imports only from those before it::

    anchors      where a quotation stands in a text
    tables       the interview's files, held against one another
    matrices     counts, co-occurrence, coverage, keyword in context
    evidence     statements for and against a hypothesis, and their reading
    agreement    two coders compared, unit by unit
    carried      what comes from another program, made into the tables
    refi         REFI-QDA projects and codebooks, in and out
    taguette     Taguette's databases and CSV, in
    sheets       workbooks and a page, out; a recoding sheet, in
    exchange     any of these by its name; the kit for a second coder
"""
