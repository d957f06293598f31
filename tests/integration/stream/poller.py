"""A strict poller of one shard: what AWS documents for a function on a DynamoDB stream.

From the Lambda developer guide ("Using Lambda with DynamoDB", "Configuring partial batch response",
"Retaining discarded records") and the reference of CreateEventSourceMapping:

* records of a shard are handed over in order; the checkpoint moves only past what succeeded;
* a function that raises has failed on the whole batch; one that answers with `batchItemFailures`
  has succeeded before the lowest of these sequence numbers; an empty list or nothing is success; a
  number that is empty or not of the batch is a failure of the whole batch;
* a failed batch comes again: from the lowest failed number on, where the function named one; else
  in halves, with bisect, which does not count as a retry; else whole;
* a batch that was retried `maximumRetryAttempts` times (-1: no limit), or whose oldest record is
  older than `maximumRecordAgeInSeconds`, is discarded: its place in the stream goes to the
  on-failure destination, without the records.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

Record = dict[str, Any]
Function = Callable[[dict[str, Any], object], Any]


@dataclass(frozen=True)
class Mapping:
    """The settings of an event source mapping, by the names that the template has for them."""

    batch_size: int
    maximum_retry_attempts: int
    maximum_record_age_s: int
    bisect: bool
    report_batch_item_failures: bool

    @classmethod
    def of_template(cls, stream: dict[str, Any]) -> Mapping:
        """The settings in a function's `stream` event; all have to be said."""
        return cls(
            batch_size=stream["batchSize"],
            maximum_retry_attempts=stream["maximumRetryAttempts"],
            maximum_record_age_s=stream["maximumRecordAgeInSeconds"],
            bisect=stream["bisectBatchOnFunctionError"],
            report_batch_item_failures=stream["functionResponseType"] == "ReportBatchItemFailures",
        )


@dataclass
class Poller:
    """Hands a shard's records to a function until all are done with.

    Attributes:
        now_s: the time, which every failed call moves by a second.
        batches: sequence numbers of each call.
        discarded: what the on-failure destination was sent.
    """

    mapping: Mapping
    function: Function
    now_s: float = 0.0
    batches: list[list[str]] = field(default_factory=list)
    discarded: list[dict[str, Any]] = field(default_factory=list)

    def run(self, shard: Sequence[Record], *, at_most: int = 10_000) -> None:
        """Hand over the whole shard.

        Raises:
            RuntimeError: after `at_most` calls something is still undone.
        """
        for start in range(0, len(shard), self.mapping.batch_size):
            todo = [list(shard[start : start + self.mapping.batch_size])]
            retries = 0
            while todo:
                if len(self.batches) >= at_most:
                    raise RuntimeError(f"the shard is blocked at {_numbers(todo[0])[0]}")
                batch = todo.pop(0)
                named = self._call(batch)
                if named == len(batch):
                    continue
                self.now_s += 1
                retries = 0 if named else retries
                left = batch[named or 0 :]
                split = named is None and self.mapping.bisect and len(left) > 1
                retries += not split
                if self._gives_up(left, retries):
                    self._discard(left, retries)
                elif split:
                    half = (len(left) + 1) // 2
                    todo = [left[:half], left[half:], *todo]
                else:
                    todo = [left, *todo]

    def _call(self, batch: list[Record]) -> int | None:
        """How many of the batch's records, from its start, succeeded; None if all of it failed, and
        nobody said from where on."""
        self.batches.append(_numbers(batch))
        try:
            answer = self.function({"Records": batch}, None)
        except Exception:  # noqa: BLE001 - that is what Lambda does
            return None
        if not self.mapping.report_batch_item_failures or not answer:
            return len(batch)
        failures = answer.get("batchItemFailures")
        if not failures:
            return len(batch)
        named = [it.get("itemIdentifier") for it in failures]
        numbers = _numbers(batch)
        if any(it not in numbers for it in named):
            return None
        return min(numbers.index(it) for it in named)

    def _gives_up(self, batch: list[Record], retries: int) -> bool:
        most = self.mapping.maximum_retry_attempts
        oldest_s = batch[0]["dynamodb"]["ApproximateCreationDateTime"]
        too_old = self.now_s - oldest_s > self.mapping.maximum_record_age_s
        return too_old or (most >= 0 and retries > most)

    def _discard(self, batch: list[Record], retries: int) -> None:
        numbers = _numbers(batch)
        self.discarded.append(
            {
                "requestContext": {"condition": "RetryAttemptsExhausted",
                                   "approximateInvokeCount": retries},
                "DDBStreamBatchInfo": {
                    "startSequenceNumber": numbers[0],
                    "endSequenceNumber": numbers[-1],
                    "batchSize": len(numbers),
                },
            }
        )  # fmt: skip


def _numbers(batch: Sequence[Record]) -> list[str]:
    return [str(it["dynamodb"]["SequenceNumber"]) for it in batch]
