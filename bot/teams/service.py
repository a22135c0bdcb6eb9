"""A channel and its people: set-up, invitations, yes and no, coming and going."""

from collections.abc import Sequence
from datetime import date, datetime, time

from bot import days, ui
from bot.errors import Refusal
from bot.events import Where
from bot.people.rules import Problem
from bot.routes import Routes, Who
from bot.teams import acts, invitations, views
from bot.teams.rules import INVITATION_LASTS, Offer, Setup, fresh, read_setup
from bot.terms import ChannelState, DeliveryKind, EnrolmentState, PlatformName, Role
from bot.ui import Entries, Fix, Nothing, Open, Outcome, Say
from bot.words import on_day_at, say, speaking
from storage import content, deliveries, erasing, people, teams
from storage.engine import Tx
from storage.tables import Channel, Enrolment, Member
