"""Which column holds which question, and what each of its answers stands for."""
