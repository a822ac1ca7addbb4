"""The coded interview on a page.

Said once, here: `interview` is the coded interview (`Interview`); `codes` is what
`matrices.frequency` gives (DataFrame), `evidence` what `evidence.ledger` gives
(DataFrame), `met` what `matrices.discovery` gives (Series).
"""
