"""A few calls at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

AT_ONCE = 4
"""Lambda allows 15 calls a second that change or read functions, in all."""

Key = TypeVar("Key")
Result = TypeVar("Result")


def each(
    action: Callable[[Key], Result], keys: Iterable[Key]
) -> tuple[dict[Key, Result], list[Exception]]:
    """Do it for every key, whatever becomes of the others; the results and the errors.

    What ends the process (no Exception) is raised.
    """
    with ThreadPoolExecutor(AT_ONCE) as pool:
        futures = {key: pool.submit(action, key) for key in keys}
        wait(futures.values())
    results: dict[Key, Result] = {}
    errors: list[Exception] = []
    for key, future in futures.items():
        try:
            results[key] = future.result()
        except Exception as error:  # noqa: BLE001 - handed on
            errors.append(error)
    return results, errors


def all_of(action: Callable[[Key], Result], keys: Iterable[Key]) -> dict[Key, Result]:
    """Do it for every key. Raises the first error, once all have ended."""
    results, errors = each(action, keys)
    if errors:
        raise errors[0]
    return results
