"""From an executed notebook to page, PDF and Word."""
