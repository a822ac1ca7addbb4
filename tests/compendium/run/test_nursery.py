"""What kernels are forked with."""

from importlib.util import find_spec

from ecrm_helpers.compendium.run import nursery


def test_every_module_that_is_loaded_before_a_fork_is_there():
    assert len(nursery.LOADED) > 10
    assert [name for name in nursery.LOADED if find_spec(name) is None] == []
