"""The coded interview: from text and codes to a judgement, and out again.

The thesis prints no transcript, only a report of the answers by theme. The
segments are the compendium's paraphrases of that report. Counts are counts of
these paraphrases, not of the interview, and feed no decision.

Read the modules in this order; each imports only from those before it::

    anchors       where a quotation stands in a text
    codebook      codes below codes
    beside        who was asked, and who received what
    tables        the interview's files, held against one another
    matrices      counts, co-occurrence, coverage, keyword in context
    between       themes on the same words; codes new in an interview
    evidence      statements for and against a hypothesis, and their reading
    coefficients  kappa, alpha, AC1
    units         what coders are compared on, and who received which
    coders        coders compared, unit by unit
    archives      zip and XML from elsewhere, opened with limits
    carried       what comes from another program
    positions     where a selection stands, whatever its program counts
    tabled        what was carried, made into the tables
    databases     SQLite databases, opened and read
    own           Word, text and spreadsheet files that people make themselves
    refi_rest     what a REFI-QDA project holds beside, listed
    refi_out      REFI-QDA projects and codebooks, written
    refi_in       the same, read with tolerance
    taguette      Taguette's database and CSV, read
    qualcoder     QualCoder's projects and RQDA's, read
    sheets        workbook and page, written; a coder's workbook, read
    formats       any of these by its name; the kit
    together      several coders' files put together

Said once, here: `interview` is the coded corpus (`Interview`), `coder` whose codes
are taken (str, optional): those of `matrices.whose` where none is named.
"""
