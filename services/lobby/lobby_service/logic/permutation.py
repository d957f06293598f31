"""The order of those who came before the doors opened: a permutation that a seed decides.

With n early numbers, `place_of(i, n, seed)` is the place of number i, both from 0 to n - 1; the API
counts both from 1. Anyone can recompute it:

1. Let b be the least even number of bits, at least 2, with 2**b >= n; h = b / 2.
2. The key is SHA-256 of the seed as text (32 lower-case hexadecimal digits).
3. Write i as two halves of h bits, left and right. Ten times, r = 0 … 9:
   left, right = right, left XOR f(r, right), where f is the last h bits of SHA-256 of
   the key, r as one byte, and right as 16 bytes, the most significant first.
4. Join the halves. If that is n or more, go on from step 3 with it (cycle walking): as the whole is
   a permutation of 0 … 2**b - 1, this ends, after fewer than four rounds on average.

Ten rounds are what NIST SP 800-38G takes for FF1, which orders small domains in the same way. Up to
2**128 numbers can be ordered.
"""

from __future__ import annotations

import hashlib

ROUNDS = 10


def place_of(number: int, count: int, seed: str) -> int:
    """The place of a number, both of 0 … count - 1. Raises ValueError: there is no such number."""
    return _walk(number, count, seed, range(ROUNDS), forward=True)


def number_at(place: int, count: int, seed: str) -> int:
    """The number that has a place: the inverse of `place_of`."""
    return _walk(place, count, seed, range(ROUNDS - 1, -1, -1), forward=False)


def _walk(start: int, count: int, seed: str, rounds: range, *, forward: bool) -> int:
    if not 0 <= start < count:
        raise ValueError(f"{start} is not one of {count}")
    key = hashlib.sha256(seed.encode("ascii")).digest()
    half = max(1, ((count - 1).bit_length() + 1) // 2)
    step = _forward if forward else _backward
    at = step(start, half, key, rounds)
    while at >= count:
        at = step(at, half, key, rounds)
    return at


def _forward(value: int, half: int, key: bytes, rounds: range) -> int:
    mask = (1 << half) - 1
    left, right = value >> half, value & mask
    for r in rounds:
        left, right = right, left ^ (_mix(key, r, right) & mask)
    return left << half | right


def _backward(value: int, half: int, key: bytes, rounds: range) -> int:
    mask = (1 << half) - 1
    left, right = value >> half, value & mask
    for r in rounds:
        left, right = right ^ (_mix(key, r, left) & mask), left
    return left << half | right


def _mix(key: bytes, r: int, half: int) -> int:
    digest = hashlib.sha256(key + r.to_bytes(1, "big") + half.to_bytes(16, "big")).digest()
    return int.from_bytes(digest, "big")
