"""What every estimate may refuse."""


class AnalysisError(ValueError):
    """The data do not allow the estimate; the message says why."""
