"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta

MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""Where tests begin: a Monday morning in UTC, no clock change near."""


class Clock:
    """Called, it says the instant; it moves only when told."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(
        self,
        by: timedelta = timedelta(0),
        *,
        days: float = 0,
        hours: float = 0,
        minutes: float = 0,
        seconds: float = 0,
    ) -> datetime:
        """Move on; the instant it is then."""
        self.now += by + timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        return self.now

    def at(self, when: datetime | str) -> datetime:
        """Jump to an instant, given as one or as ISO text; text without an offset is UTC."""
        instant = datetime.fromisoformat(when) if isinstance(when, str) else when
        self.now = (
            instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
        )
        return self.now
