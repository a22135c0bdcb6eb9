"""A company for the tests of a learner's day."""

import pytest

from storage.engine import Database
from tests.bot.quizzes.world import Company
from tests.workspaces import Workspace


@pytest.fixture
def company(database: Database, workspace: Workspace) -> Company:
    """A workspace with nobody in it yet."""
    return Company(database, workspace)
