"""The invented team."""

from adapters.local.team import CHANNELS, TEAM
from bot.days import zone_of


def test_everybody_is_somebody_else_and_lives_in_a_real_zone() -> None:
    assert len({mate.slug for mate in TEAM}) == len({mate.name for mate in TEAM}) == 12
    assert len({zone_of(mate.zone).key for mate in TEAM}) >= 10


def test_sam_learns_and_ana_leads() -> None:
    assert [mate.name for mate in TEAM[:2]] == ["Sam Rivera", "Ana Kovač"]
    assert not TEAM[0].roles
    assert "ana" in {channel.lead for channel in CHANNELS}


def test_a_lead_is_in_the_channel_they_lead() -> None:
    for channel in CHANNELS:
        assert channel.lead in channel.members


def test_one_channel_is_left_to_be_set_up() -> None:
    assert [channel.name for channel in CHANNELS if not channel.packs] == ["docs-guild"]
