"""What is printed, held against what is recomputed."""
