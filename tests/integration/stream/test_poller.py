"""The poller itself keeps to what AWS documents."""

from typing import Any

import pytest

from tests.integration.stream.poller import Function, Mapping, Poller
from tests.integration.stream.records import record

EVER = 10**9


def polled(
    function: Function, *, retries: int = -1, age_s: int = EVER, bisect: bool = False, size: int = 4
) -> Poller:
    poller = Poller(Mapping(size, retries, age_s, bisect, True), function)
    poller.run([record(seq) for seq in range(1, 9)], at_most=100)
    return poller


def failing_on(poison: int, times: int = 10**6) -> Function:
    left = [times]

    def function(event: dict[str, Any], _: object) -> None:
        if left[0] and any(it["eventID"] == f"e{poison}" for it in event["Records"]):
            left[0] -= 1
            raise ValueError

    return function


def numbers(*seqs: int) -> list[str]:
    return [str(100_000 + seq) for seq in seqs]


def test_records_come_in_order_and_once_if_all_goes_well() -> None:
    assert polled(lambda *_: None).batches == [numbers(1, 2, 3, 4), numbers(5, 6, 7, 8)]


def test_a_failed_batch_comes_again_before_what_follows() -> None:
    batches = polled(failing_on(2, times=1)).batches
    assert batches == [numbers(1, 2, 3, 4), numbers(1, 2, 3, 4), numbers(5, 6, 7, 8)]


def test_with_bisect_it_comes_in_halves() -> None:
    batches = polled(failing_on(2, times=1), bisect=True).batches
    assert batches[1:3] == [numbers(1, 2), numbers(3, 4)]


def test_a_poisonous_record_without_limits_blocks_its_shard() -> None:
    with pytest.raises(RuntimeError, match="blocked at 100002"):
        polled(failing_on(2), bisect=True)


def test_with_a_limit_it_is_discarded_and_only_its_place_is_kept() -> None:
    poller = polled(failing_on(2), retries=3, bisect=True)
    [discarded] = poller.discarded
    assert discarded["DDBStreamBatchInfo"] == {
        "startSequenceNumber": "100002", "endSequenceNumber": "100002", "batchSize": 1
    }  # fmt: skip
    assert "ev" not in str(discarded)
    assert poller.batches[-1] == numbers(5, 6, 7, 8)


def test_what_is_too_old_is_discarded() -> None:
    poller = polled(failing_on(2), age_s=5)
    assert [it["DDBStreamBatchInfo"]["batchSize"] for it in poller.discarded] == [4]


def test_what_comes_before_a_failure_that_was_named_does_not_come_again() -> None:
    answers = iter([{"batchItemFailures": [{"itemIdentifier": "100003"}]}])
    batches = polled(lambda *_: next(answers, None)).batches
    assert batches == [numbers(1, 2, 3, 4), numbers(3, 4), numbers(5, 6, 7, 8)]


def test_with_bisect_what_was_named_comes_again_whole() -> None:
    answers = iter([{"batchItemFailures": [{"itemIdentifier": "100001"}]}])
    batches = polled(lambda *_: next(answers, None), bisect=True).batches
    assert batches[1] == numbers(1, 2, 3, 4)


def test_the_lowest_of_the_named_failures_counts() -> None:
    named = [{"itemIdentifier": it} for it in ("100004", "100002")]
    answers = iter([{"batchItemFailures": named}])
    assert polled(lambda *_: next(answers, None)).batches[1] == numbers(2, 3, 4)


@pytest.mark.parametrize("name", ["", "nonsense", None])
def test_a_failure_with_a_wrong_name_is_one_of_the_whole_batch(name: str | None) -> None:
    answers = iter([{"batchItemFailures": [{"itemIdentifier": name}]}])
    assert polled(lambda *_: next(answers, None)).batches[1] == numbers(1, 2, 3, 4)


@pytest.mark.parametrize("answer", [None, {}, {"batchItemFailures": []}])
def test_an_answer_without_failures_is_success(answer: object) -> None:
    assert len(polled(lambda *_: answer).batches) == 2
