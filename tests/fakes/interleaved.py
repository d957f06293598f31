"""Workers whose steps are taken in an order that a test chooses."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

Choose = Callable[[int], int]
"""Of so many workers that can go on, the index of the one that does."""


class Interleaved:
    """Runs workers at the same time, one step of one of them after another.

    Each runs in a thread of its own, and all but one stand still in `step`.
    """

    def __init__(self, choose: Choose) -> None:
        self._choose = choose
        self._mine = threading.local()
        self._paused = threading.Semaphore(0)
        self._done: set[threading.Thread] = set()

    def step(self) -> None:
        """Where a worker may be interrupted; for anyone else nothing."""
        go_on: threading.Semaphore | None = getattr(self._mine, "go_on", None)
        if go_on is not None:
            self._paused.release()
            go_on.acquire()

    def run(self, workers: Sequence[Callable[[], object]]) -> None:
        """Until all are done. Raises what one of them raised."""
        failed: list[BaseException] = []
        running = {}
        for worker in workers:
            go_on = threading.Semaphore(0)
            thread = threading.Thread(target=self._work, args=(worker, go_on, failed), daemon=True)
            thread.start()
            running[thread] = go_on
        while running:
            thread = list(running)[self._choose(len(running))]
            running[thread].release()
            self._paused.acquire()
            if thread in self._done:
                thread.join()
                del running[thread]
                self._done.remove(thread)
        if failed:
            raise failed[0]

    def _work(
        self,
        worker: Callable[[], object],
        go_on: threading.Semaphore,
        failed: list[BaseException],
    ) -> None:
        self._mine.go_on = go_on
        go_on.acquire()
        try:
            worker()
        except BaseException as error:  # noqa: BLE001 - raised again where they are waited for
            failed.append(error)
        finally:
            self._done.add(threading.current_thread())
            self._paused.release()
