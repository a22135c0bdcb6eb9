"""The simulation's platform notices every promise that is broken."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest

from adapters.simulation.platform import Arrival, Recorder
from bot import ui
from bot.errors import Unavailable, Uncertain
from bot.outbox import Parcel
from tests.clock import Clock

CARD = ui.Card("Two minutes?")


@dataclass
class Somebody:
    zone: str = "Europe/Berlin"
    days: tuple[int, ...] = (0, 1, 2, 3, 4)
    away_until: date | None = None
    arrivals: list[Arrival] = field(default_factory=list)

    def receive(self, arrival: Arrival) -> None:
        self.arrivals.append(arrival)


def recorder(clock: Clock, somebody: Somebody, trouble: float = 0.0) -> Recorder:
    made = Recorder(clock, seed=1, trouble=trouble)
    made.readers["sam"] = somebody
    return made


def parcel(key: str) -> Parcel:
    return Parcel(key, 1, "sam", CARD)


async def test_one_message_on_a_working_morning_breaks_nothing(clock: Clock) -> None:
    sam = Somebody()
    platform = recorder(clock, sam)

    reference = await platform.send(parcel("one"))

    assert await platform.find(parcel("one")) == reference
    assert sam.arrivals[0].day == date(2026, 3, 2)
    ledger = platform.ledger
    assert not (ledger.same_day + ledger.same_key + ledger.in_quiet_hours)
    assert not (ledger.outside_working_days + ledger.in_pauses)


async def test_a_second_message_on_one_day_is_noticed(clock: Clock) -> None:
    platform = recorder(clock, Somebody())

    await platform.send(parcel("one"))
    clock.forward(hours=5)
    await platform.send(parcel("two"))

    assert len(platform.ledger.same_day) == 1


async def test_the_same_delivery_sent_again_is_noticed(clock: Clock) -> None:
    platform = recorder(clock, Somebody())

    await platform.send(parcel("one"))
    clock.forward(days=1)
    await platform.send(parcel("one"))

    assert len(platform.ledger.same_key) == 1


async def test_a_message_in_the_night_or_on_sunday_or_in_a_pause_is_noticed(clock: Clock) -> None:
    sam = Somebody(away_until=date(2026, 3, 3))
    platform = recorder(clock, sam)

    await platform.send(parcel("in the pause"))
    clock.at(datetime(2026, 3, 5, 22, 30, tzinfo=UTC))
    await platform.send(parcel("at night"))
    clock.at(datetime(2026, 3, 8, 9, 0, tzinfo=UTC))
    await platform.send(parcel("on Sunday"))

    ledger = platform.ledger
    assert len(ledger.in_pauses) == 1
    assert len(ledger.in_quiet_hours) == 1
    assert len(ledger.outside_working_days) == 1


async def test_trouble_refuses_or_loses_the_answer_and_the_message_is_found_again(
    clock: Clock,
) -> None:
    platform = recorder(clock, Somebody(), trouble=1.0)

    for number in range(12):
        with pytest.raises((Unavailable, Uncertain)):
            await platform.send(parcel(f"k{number}"))

    found = [await platform.find(parcel(f"k{number}")) for number in range(12)]
    assert platform.ledger.refused == found.count(None) > 0
    assert platform.ledger.lost_answers == len(found) - found.count(None) > 0
    assert platform.doubt_until is not None
