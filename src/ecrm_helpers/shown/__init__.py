"""How a result is shown and held against print: words, tables, figures, ledger."""
