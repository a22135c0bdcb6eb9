"""The shared words of Grove: ids and closed sets of states, used by every room."""

from enum import StrEnum
from typing import NewType

WorkspaceId = NewType("WorkspaceId", int)
MemberId = NewType("MemberId", int)
ChannelId = NewType("ChannelId", int)
PackId = NewType("PackId", int)
TopicId = NewType("TopicId", int)
LessonId = NewType("LessonId", int)
QuestionId = NewType("QuestionId", int)
VersionId = NewType("VersionId", int)
SetId = NewType("SetId", int)
AskingId = NewType("AskingId", int)
DeliveryId = NewType("DeliveryId", int)


class PlatformName(StrEnum):
    """Where a workspace lives."""

    SLACK = "slack"
    DISCORD = "discord"
    LOCAL = "local"


class Role(StrEnum):
    """What a member may do beyond learning."""

    ADMIN = "admin"
    LEAD = "lead"
    AUTHOR = "author"
    REVIEWER = "reviewer"
    MENTOR = "mentor"


class Audience(StrEnum):
    """Who sees and may use a command."""

    ALL = "all"
    LEARNER = "learner"
    LEAD = "lead"
    AUTHOR = "author"
    ADMIN = "admin"


class QuestionForm(StrEnum):
    """The five ways a question can be asked."""

    SINGLE = "single"
    SEVERAL = "several"
    TYPED = "typed"
    GAP = "gap"
    ORDER = "order"


class QuestionState(StrEnum):
    """Whether a question may be asked.

    live -> aside (its meaning changed, or it was found faulty) -> live
    live | aside -> retired (gone from the pack; kept because somebody has a history on it) -> live
    """

    LIVE = "live"
    ASIDE = "aside"
    RETIRED = "retired"


class EnrolmentState(StrEnum):
    """One member and one pack: invited -> active | declined; active -> left; left | declined -> active."""

    INVITED = "invited"
    ACTIVE = "active"
    DECLINED = "declined"
    LEFT = "left"


class ChannelState(StrEnum):
    """Whether a channel's learners get their sets."""

    ACTIVE = "active"
    PAUSED = "paused"


class SetKind(StrEnum):
    """Why questions were put together."""

    DAILY = "daily"
    PRACTICE = "practice"
    LEVEL = "level"
    TASTER = "taster"


class SetState(StrEnum):
    """open -> done | folded (its rest went into a later day's set)."""

    OPEN = "open"
    DONE = "done"
    FOLDED = "folded"


class AskingState(StrEnum):
    """waiting -> shown -> answered | later | flagged | expired."""

    WAITING = "waiting"
    SHOWN = "shown"
    ANSWERED = "answered"
    LATER = "later"
    FLAGGED = "flagged"
    EXPIRED = "expired"


class Verdict(StrEnum):
    """What an answer was worth. Only RIGHT counts as remembered."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    NOT_SURE = "not_sure"


class LessonMark(StrEnum):
    """How a learner is done with a lesson."""

    READ = "read"
    KNOWN = "known"


class DeliveryKind(StrEnum):
    """What an unprompted message is for; it decides how late it may be."""

    SET = "set"
    INVITATION = "invitation"
    STOPPING = "stopping"
    NOTICE = "notice"


class DeliveryState(StrEnum):
    """The life of a message Grove owes; drawn in bot/outbox.py."""

    READY = "ready"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    SKIPPED = "skipped"
    FAILED = "failed"
