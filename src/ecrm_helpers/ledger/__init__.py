"""What is printed, held against what is recomputed.

Said once, here: `values` are the printed values by their id (mapping of str to
`Value`).
"""
