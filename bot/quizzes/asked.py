"""A question as it was put to somebody: theirs alone, and locked with them."""

from dataclasses import dataclass

from bot.errors import Refusal
from bot.lessons import values
from bot.lessons.content import Question as Content
from bot.routes import Who
from bot.terms import QuestionState
from bot.words import say
from storage import askings, people
from storage.engine import Tx
from storage.tables import Asking, Member, Question, QuestionVersion, QuizSet


@dataclass(frozen=True, slots=True)
class Put:
    """A question as it was put to a member: the asking, its set, the question, what it said then."""

    member: Member
    asking: Asking
    inside: QuizSet
    question: Question
    version: QuestionVersion
    content: Content

    @property
    def layout(self) -> tuple[int, ...]:
        """The order in which its parts were shown."""
        return tuple(self.asking.layout)

    @property
    def has_changed(self) -> bool:
        """Whether it means something else now, or is about to."""
        return (
            self.question.meaning != self.version.meaning
            or self.question.state is QuestionState.ASIDE
        )


def put(tx: Tx, who: Who, asking_id: int) -> Put:
    """The question behind a button, locked with its person; a Refusal when it was not put to them."""
    member = people.locked(tx, who.id)
    asking = askings.asking(tx, asking_id)
    if asking is None or asking.member_id != who.id:
        raise Refusal(
            say("This question was not put to you. Write `quiz` for yours."), code="not_yours"
        )
    found = askings.asked(tx, asking)
    return Put(member, asking, *found, values.load(found[2].body))
