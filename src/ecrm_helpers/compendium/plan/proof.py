"""The proof that checks bite, among what is made: it holds as long as all stays."""

from collections.abc import Mapping

from ecrm_helpers.compendium.plan.project import Step


def proof_step(steps: Mapping[str, Step], edition: str) -> Step:
    """Give the step beside those of a plan; `prove` makes it, and no run does."""
    return Step(f"{edition}/proof", steps[f"{edition}/chapter"].made_from)
