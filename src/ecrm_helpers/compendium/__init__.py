"""The compendium made: notebooks run in order, rendered, and gathered as a site."""
