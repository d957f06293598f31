import msgspec

from shared.fields import Id
from shared.synthetic import is_synthetic, public_id, synthetic_id


def test_the_public_room_beside_a_synthetic_auction_is_synthetic_and_its_id_an_id() -> None:
    found = public_id(synthetic_id("0" * 36))
    assert is_synthetic(found)
    assert msgspec.convert(found, Id) == found
