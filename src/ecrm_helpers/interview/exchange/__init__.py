"""A coded interview exchanged with other programs."""
