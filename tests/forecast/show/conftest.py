import pytest

from tests.forecast.show.stories import tell


@pytest.fixture
def told(tmp_path):
    story = tell(tmp_path / "story.db")
    yield story
    story.store.close()
