from collections.abc import Callable

import pytest

from tests.packaging.services import SERVICES, SERVICES_WITH_CODE, STAGE, Packaged, package


@pytest.fixture(scope="session")
def packaged_service(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Packaged]:
    """Packages a service by name, once in a session."""
    done: dict[str, Packaged] = {}

    def packaged(service: str) -> Packaged:
        if service not in done:
            done[service] = package(service, tmp_path_factory.mktemp(service))
        failure = done[service].failure
        assert not failure, f"{service} cannot be packaged for stage {STAGE}:\n{failure}"
        return done[service]

    return packaged


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
