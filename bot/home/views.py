"""What home and help look like."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.home.acts import ShowHelp
from bot.lessons.acts import OpenPack, ShowPacks
from bot.lessons.views import Shelf, first_sentence
from bot.people.acts import OpenSettings, Resume, ShowPause
from bot.lessons.views import ways
from bot.quizzes.acts import Begin
from bot.routes import CommandSpec
from bot.teams.acts import ShowChannel
from bot.ui import Block, Button, Buttons, Card, Note, Style, Text
from bot.words import count, say
