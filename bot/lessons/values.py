"""Questions as plain JSON values and back, exactly; this is how a version is stored.

Empty fields are left out, so that a body stays small and a field added later changes no old body.
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from bot.lessons.content import Option, Question
from bot.terms import QuestionForm

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
"""What `json.loads` gives."""


def dump(question: Question) -> dict[str, Json]:
    """The question as a dictionary that JSON can hold."""
    body: dict[str, Json] = {
        "slug": question.slug,
        "form": question.form.value,
        "stem": question.stem,
        "explanation": question.explanation,
        "options": [_option(option) for option in question.options],
        "accepted": list(question.accepted),
        "gaps": [list(gap) for gap in question.gaps],
        "steps": list(question.steps),
        "variant_of": question.variant_of,
        "line": question.line,
    }
    return _filled(body)


def load(body: Mapping[str, Json]) -> Question:
    """The question that `dump` was given; raises ValueError when it is no such dictionary."""
    return Question(
        slug=_text(body, "slug"),
        form=QuestionForm(_text(body, "form")),
        stem=_text(body, "stem"),
        explanation=_text(body, "explanation"),
        options=tuple(_load_option(option) for option in _items(body.get("options"))),
        accepted=_texts(body.get("accepted")),
        gaps=tuple(_texts(gap) for gap in _items(body.get("gaps"))),
        steps=_texts(body.get("steps")),
        variant_of=_text(body, "variant_of"),
        line=_whole(body, "line"),
    )


def _option(option: Option) -> dict[str, Json]:
    body: dict[str, Json] = {
        "text": option.text,
        "right": option.right,
        "feedback": option.feedback,
        "misconception": option.misconception,
        "line": option.line,
    }
    return _filled(body)


def _load_option(body: Json) -> Option:
    if not isinstance(body, Mapping):
        raise ValueError("an option in a stored question is not a mapping")
    return Option(
        text=_text(body, "text"),
        right=bool(body.get("right", False)),
        feedback=_text(body, "feedback"),
        misconception=_text(body, "misconception"),
        line=_whole(body, "line"),
    )


def _filled(body: dict[str, Json]) -> dict[str, Json]:
    return {key: value for key, value in body.items() if value}


def _text(body: Mapping[str, Json], key: str) -> str:
    value = body.get(key, "")
    if not isinstance(value, str):
        raise ValueError(f"'{key}' in a stored question is not a text")
    return value


def _whole(body: Mapping[str, Json], key: str) -> int:
    value = body.get(key, 0)
    if not isinstance(value, int):
        raise ValueError(f"'{key}' in a stored question is not a whole number")
    return value


def _items(value: Json) -> Sequence[Json]:
    if value is None:
        return ()
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise ValueError("a list in a stored question is not a list")
    return value


def _texts(value: Json) -> tuple[str, ...]:
    items = _items(value)
    texts = tuple(item for item in items if isinstance(item, str))
    if len(texts) != len(items):
        raise ValueError("a list in a stored question holds something that is not a text")
    return texts
