"""Whatever happens between two workers, a platform and a clock: nothing arrives twice, nothing is lost."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot import outbox as box
from bot.terms import DeliveryState
from storage import deliveries
from storage.deliveries import Claimed, D
from storage.engine import Database, Tx
from storage.tables import Delivery
from tests.bot.outbox_world import Worker, World
from tests.clock import MONDAY, Clock


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    made = asyncio.new_event_loop()
    yield made
    made.close()


@pytest.fixture
def world(database: Database, clock: Clock, loop: asyncio.AbstractEventLoop) -> World:
    return World(database, clock, loop)


def life_of(world: World) -> type[RuleBasedStateMachine]:
    """Everything that can happen, in any order."""
    which = st.sampled_from([0, 1])

    class Life(RuleBasedStateMachine):
        @initialize(keys=st.sampled_from([1, 1, 2]))
        def owe(self, keys: int) -> None:
            world.clock.at(MONDAY)
            world.under_way.clear()
            world.arrived.clear()
            world.begin(keys)

        def worker(self, which: int, at: tuple[str, ...]) -> Worker | None:
            worker = world.workers[which]
            return worker if worker.parked and worker.at in at else None

        @rule(which=which, steps=st.integers(1, 6))
        def work(self, which: int, steps: int) -> None:
            if world.workers[which].idle:
                world.start(world.workers[which])
            for _ in range(steps):
                if worker := self.worker(which, ("before", "after", "finding")):
                    world.resume(worker)

        @rule(which=which, answer=st.sampled_from(["accept", "accept", "refuse", "lose"]))
        def answer(self, which: int, answer: str) -> None:
            if worker := self.worker(which, ("sending",)):
                world.resume(worker, answer)

        @precondition(lambda self: bool(world.under_way))
        @rule()
        def land(self) -> None:
            world.land(world.under_way[0])

        @rule(seconds=st.sampled_from([1, 21, 60, 81, 121]))
        def wait(self, seconds: int) -> None:
            world.wait(seconds)

        @rule()
        def rescue(self) -> None:
            world.rescue()

        @rule(which=which)
        def die(self, which: int) -> None:
            if not world.workers[which].idle:
                world.kill(world.workers[which])

        @rule(which=which)
        def die_and_wait_out_the_lease(self, which: int) -> None:
            self.die(which)
            world.wait(121)
            world.rescue()

        @rule()
        def stand_still_and_wait_out_the_lease(self) -> None:
            world.wait(121)
            world.rescue()

        @invariant()
        def nothing_arrives_twice(self) -> None:
            assert world.doubled() == []

        @invariant()
        def sent_means_arrived(self) -> None:
            for key, state, reference in world.rows():
                assert state is not DeliveryState.SENT or reference in world.arrived.get(key, [])

        def teardown(self) -> None:
            if world.workers:
                assert_each_arrived_once(world)

    return Life


def assert_each_arrived_once(world: World) -> None:
    """In the end, whoever died: every message is there, once, and known to be there."""
    world.finish()
    for key, state, reference in world.rows():
        assert (state, world.arrived.get(key)) == (DeliveryState.SENT, [reference])


def test_nothing_arrives_twice_and_nothing_is_lost(world: World) -> None:
    """Random lives; each sequence that ever broke stands below by name."""
    run_state_machine_as_test(
        life_of(world),
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def dies_after_it_arrived(world: World) -> None:
    a, _b = world.workers
    world.until(a, "sending")
    world.land(world.under_way[0])
    world.kill(a)


def leaves_late_and_lands_later(world: World) -> None:
    a, b = world.workers
    world.until(a, "after")
    world.wait(94)
    world.until(a, "sending")
    world.kill(a)
    world.wait(27)
    world.rescue()
    world.let_go_on(b)
    for request in list(world.under_way):
        world.land(request)


def is_refused_and_says_so_too_late(world: World) -> None:
    a, b = world.workers
    world.until(a, "sending")
    world.until(a, "before", "refuse")
    world.wait(121)
    world.rescue()
    world.until(b, "sending")
    world.resume(a)
    world.until(a, "sending")
    world.resume(b, "accept")
    world.resume(a, "accept")


def stands_still_after_its_intent(world: World) -> None:
    a, b = world.workers
    world.until(a, "after")
    world.until(a, "after")
    world.wait(121)
    world.rescue()
    world.until(b, "sending")
    world.resume(b, "accept")
    world.let_go_on(a)


def stands_still_before_its_intent(world: World) -> None:
    a, b = world.workers
    world.until(a, "after")
    world.wait(121)
    while a.parked and a.at != "sending":
        world.resume(a)
    world.rescue()
    world.let_go_on(b)
    for request in list(world.under_way):
        world.land(request)


def two_begin_at_once(world: World) -> None:
    for worker in world.workers:
        world.start(worker)
    for _ in range(6):
        for worker in world.workers:
            if worker.parked:
                world.resume(worker, "accept")


def dies_before_it_sends(world: World) -> None:
    a, _b = world.workers
    world.until(a, "after")
    world.kill(a)


Scene = Callable[[World], None]
Weaken = Callable[[pytest.MonkeyPatch], None]


@pytest.mark.parametrize(
    "scene",
    [
        dies_after_it_arrived,
        leaves_late_and_lands_later,
        stands_still_after_its_intent,
        stands_still_before_its_intent,
        two_begin_at_once,
        dies_before_it_sends,
    ],
)
def test_a_message_arrives_once_when_its_worker(scene: Scene, world: World) -> None:
    world.begin(1)

    scene(world)

    assert_each_arrived_once(world)


def without_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    change_update(monkeypatch, "intend", unsure_since=None)


def change_update(monkeypatch: pytest.MonkeyPatch, function: str, **values: Any) -> None:
    """After this function, set these columns of the row as well."""
    real: Callable[..., bool] = getattr(deliveries, function)

    def changed(tx: Tx, claimed: Claimed, **named: Any) -> bool:
        done = real(tx, claimed, **named)
        if done:
            tx.session.execute(sa.update(Delivery).where(D.id == claimed.id).values(**values))
        return done

    monkeypatch.setattr(deliveries, function, changed)


def without_token(monkeypatch: pytest.MonkeyPatch) -> None:
    def anybody(tx: Tx, claimed: Claimed, values: dict[str, Any]) -> bool:
        update = sa.update(Delivery).where(D.id == claimed.id, D.state != DeliveryState.SENT)
        return deliveries._one(tx, update.values(**values))

    monkeypatch.setattr(deliveries, "_mine", anybody)


def without_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(box, "GRACE", timedelta(0))


def without_looking_first(monkeypatch: pytest.MonkeyPatch) -> None:
    async def sure(*_given: object) -> bool:
        return True

    monkeypatch.setattr(box.Outbox, "_proven_absent", sure)


def with_a_rescue_that_forgets(monkeypatch: pytest.MonkeyPatch) -> None:
    real = deliveries.rescue

    def forgets(tx: Tx) -> int:
        rescued = real(tx)
        tx.session.execute(
            sa.update(Delivery).where(D.state == DeliveryState.READY).values(unsure_since=None)
        )
        return rescued

    monkeypatch.setattr(deliveries, "rescue", forgets)


def without_a_last_look_at_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(box, "STALL", timedelta(days=1))


def without_a_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    real = deliveries.claim

    def shares(tx: Tx, **named: Any) -> list[Claimed]:
        claims = real(tx, **named)
        tx.session.execute(
            sa.update(Delivery).where(D.state == DeliveryState.CLAIMED).values(state="ready")
        )
        return claims

    monkeypatch.setattr(deliveries, "claim", shares)
    monkeypatch.setattr(deliveries, "intend", lambda *_a, **_k: True)


def without_lease_and_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Either of the two is enough; without both a slow worker and its successor send the same."""
    real = deliveries.intend
    monkeypatch.setattr(box, "GRACE", timedelta(0))
    monkeypatch.setattr(
        deliveries,
        "intend",
        lambda tx, claimed, margin: real(tx, claimed, margin=-timedelta(days=1)),
    )


def without_rescue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deliveries, "rescue", lambda _tx: 0)


@pytest.mark.parametrize(
    ("weaken", "scene"),
    [
        (without_doubt, dies_after_it_arrived),
        (with_a_rescue_that_forgets, dies_after_it_arrived),
        (without_looking_first, dies_after_it_arrived),
        (without_grace, leaves_late_and_lands_later),
        (without_token, is_refused_and_says_so_too_late),
        (without_a_last_look_at_the_clock, stands_still_after_its_intent),
        (without_lease_and_grace, stands_still_before_its_intent),
        (without_a_claim, two_begin_at_once),
        (without_rescue, dies_before_it_sends),
    ],
)
def test_each_guard_is_needed(
    weaken: Weaken, scene: Scene, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    weaken(monkeypatch)
    world.begin(1)

    with pytest.raises(AssertionError):
        play(scene, world)


def play(scene: Scene, world: World) -> None:
    scene(world)
    assert_each_arrived_once(world)
