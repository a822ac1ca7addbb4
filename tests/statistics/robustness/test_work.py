"""The work shared out gives the same numbers."""

import pandas as pd
import pytest
from material.admissible import every, possible

from ecrm_helpers.statistics import robustness


@pytest.mark.slow
def test_two_processes_give_the_same_estimates():
    shared = robustness.estimates(possible(attained=False), jobs=2)
    pd.testing.assert_frame_equal(shared, every(attained=False))


@pytest.mark.slow
def test_a_dask_cluster_gives_the_same_estimates():
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None
    ) as cluster:
        address = cluster.scheduler_address
        shared = robustness.estimates(possible(attained=False), scheduler=address)
    pd.testing.assert_frame_equal(shared, every(attained=False))


@pytest.mark.slow
def test_no_scheduler_at_the_address_is_said_in_one_line():
    with pytest.raises(ValueError, match=r"no Dask scheduler answers at tcp://127\.0"):
        robustness.estimates(possible(), scheduler="tcp://127.0.0.1:9")
