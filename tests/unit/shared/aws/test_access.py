import pytest

from shared.aws.access import Access, Endpoint

LAMBDA = {
    "AWS_ACCESS_KEY_ID": "id",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AWS_SESSION_TOKEN": "token",
    "AWS_REGION": "eu-west-1",
}


def test_what_lambda_sets_is_used() -> None:
    access = Access.of(LAMBDA)
    assert (access.access_key, access.secret_key, access.token) == ("id", "secret", "token")
    assert access.endpoint("dynamodb").authority == "dynamodb.eu-west-1.amazonaws.com"
    assert access.endpoint("dynamodb").secure


def test_an_emulators_address_is_that_of_every_service() -> None:
    access = Access.of(LAMBDA | {"AWS_ENDPOINT_URL": "http://127.0.0.1:4566"})
    assert access.endpoint("lambda") == Endpoint("127.0.0.1", 4566, secure=False)


def test_a_service_may_have_an_address_of_its_own() -> None:
    other = {"AWS_ENDPOINT_URL_DYNAMODB": "http://127.0.0.1:1", "AWS_ENDPOINT_URL_SQS": ""}
    access = Access.of(LAMBDA | {"AWS_ENDPOINT_URL": "http://127.0.0.1:4566"} | other)
    assert access.endpoint("dynamodb").port == 1
    assert access.endpoint("sqs").port == 4566


@pytest.mark.parametrize(
    ("url", "authority", "prefix"),
    [
        ("https://a.example/prod/", "a.example", "/prod"),
        ("https://a.example:443", "a.example", ""),
        ("http://[::1]:80/a/b", "[::1]", "/a/b"),
        ("http://localhost:443", "localhost:443", ""),
    ],
)
def test_an_endpoint_is_named_as_http_names_it(url: str, authority: str, prefix: str) -> None:
    assert (Endpoint.of(url).authority, Endpoint.of(url).prefix) == (authority, prefix)


@pytest.mark.parametrize("url", ["", "a.example", "ftp://a.example", "https://"])
def test_what_is_no_endpoint_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="no endpoint"):
        Endpoint.of(url)
