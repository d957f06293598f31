"""The authorities whose certificates are taken by default."""

import datetime
import re

from cryptography import x509
from cryptography.x509.oid import NameOID

from rds_bridge_service.adapters.database import AUTHORITIES

OF_RDS = re.compile(r"Amazon RDS [a-z0-9-]+ Root CA (RSA2048|RSA4096|ECC384) G1")
OF_PROXIES = re.compile(r"Amazon Root CA [1-4]")

CERTIFICATES = x509.load_pem_x509_certificates(AUTHORITIES.read_bytes())


def name(certificate: x509.Certificate) -> str:
    (attribute,) = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(attribute.value)


def test_they_are_those_of_rds_and_of_its_proxies() -> None:
    names = [name(it) for it in CERTIFICATES]
    assert [it for it in names if not (OF_RDS.fullmatch(it) or OF_PROXIES.fullmatch(it))] == []
    assert {"Amazon RDS us-east-1 Root CA RSA2048 G1", "Amazon Root CA 1"} <= set(names)
    assert len(set(names)) == len(names)


def test_each_has_signed_itself_and_is_an_authority() -> None:
    for certificate in CERTIFICATES:
        certificate.verify_directly_issued_by(certificate)
        assert certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_none_ends_within_two_years() -> None:
    soon = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=2 * 365)
    assert [name(it) for it in CERTIFICATES if it.not_valid_after_utc < soon] == []
