"""The one door for survey answers, and the data set the thesis's numbers allow.

`read` takes answers in and refuses what cannot be true; `reconstruct` builds
the one data set of the compendium from the printed values.
"""
