"""One call that shares work out: in this process, over cores, or on a cluster."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any

from ecrm_helpers.printed import Wrong


class SchedulerError(Wrong):
    """The Dask scheduler cannot be used; the message says what to do."""


def spread(
    work: Callable[..., Any],
    tasks: Sequence[tuple[Any, ...]],
    jobs: int = 1,
    scheduler: str | None = None,
    progress: bool = False,
) -> list[Any]:
    """Do each task, and give the results in the tasks' order.

    Parameters
    ----------
    work : callable
        A function that processes elsewhere can import.
    tasks : sequence of tuple
        Its arguments, each time.
    scheduler : str, optional
        Address of a Dask scheduler whose workers take the work instead.

    Returns
    -------
    list

    Raises
    ------
    SchedulerError
        Dask is not installed, or no scheduler answers at the address.
    """
    if jobs == 1 and scheduler is None and not progress:
        return [work(*task) for task in tasks]
    import joblib  # slow to load, as tqdm is
    from tqdm import tqdm

    with ExitStack() as stack:
        if scheduler is None:
            stack.enter_context(joblib.parallel_config(n_jobs=jobs))
        else:
            client = stack.enter_context(_client(scheduler))
            stack.enter_context(joblib.parallel_config("dask", client=client))
        calls = (joblib.delayed(work)(*task) for task in tasks)
        done = joblib.Parallel(return_as="generator")(calls)
        return list(tqdm(done, total=len(tasks), disable=not progress, leave=False))


def _client(scheduler: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise SchedulerError("dask_needed") from None
    try:
        return Client(scheduler, timeout=5)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise SchedulerError("dask_silent", address=scheduler, why=error) from None
