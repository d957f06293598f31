from collections.abc import Callable

import pytest

from tests.packaging.services import (
    DEVELOPERS_STAGE,
    SERVICES,
    SERVICES_WITH_CODE,
    STAGE,
    Packaged,
    package,
)


def packager(factory: pytest.TempPathFactory, stage: str) -> Callable[[str], Packaged]:
    """Packages a service by name, once in a session."""
    done: dict[str, Packaged] = {}

    def packaged(service: str) -> Packaged:
        if service not in done:
            done[service] = package(service, factory.mktemp(service), stage)
        failure = done[service].failure
        assert not failure, f"{service} cannot be packaged for stage {stage}:\n{failure}"
        return done[service]

    return packaged


@pytest.fixture(scope="session")
def packaged_service(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Packaged]:
    """A service as it is in production."""
    return packager(tmp_path_factory, STAGE)


@pytest.fixture(scope="session")
def developers_service(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Packaged]:
    """A service as it is in a developer's own stage."""
    return packager(tmp_path_factory, DEVELOPERS_STAGE)


@pytest.fixture(params=SERVICES)
def packaged(
    request: pytest.FixtureRequest, packaged_service: Callable[[str], Packaged]
) -> Packaged:
    """Each service in turn."""
    return packaged_service(request.param)


@pytest.fixture(params=SERVICES_WITH_CODE)
def artifact(
    request: pytest.FixtureRequest, packaged_service: Callable[[str], Packaged]
) -> Packaged:
    """Each service with code of its own in turn."""
    return packaged_service(request.param)
