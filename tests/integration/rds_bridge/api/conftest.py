import pytest
from sqlalchemy import Engine

from tests.integration.rds_bridge.api.http import Api


@pytest.fixture
def api(engine: Engine) -> Api:
    return Api(engine)


@pytest.fixture
def league_id(api: Api) -> str:
    """A league with a member of every role."""
    staffed = api.staffed()
    api.forget_notices()
    return staffed
