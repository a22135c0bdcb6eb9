"""What the JSON interface takes and gives, as an OpenAPI 3.1 document."""

from typing import Any

Schema = dict[str, Any]
JSON = "application/json"

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer"}
INSTANT: Schema = {"type": "string", "format": "date-time"}
TEXTS: Schema = {"type": "array", "items": TEXT}


def _object(required: str, **properties: Schema) -> Schema:
    return {"type": "object", "required": required.split(), "properties": properties}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _named(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(of: str) -> Schema:
    return {"type": "array", "items": _named(of)}


SCHEMAS: Schema = {
    "Member": _object(
        "id name zone language roles local_time",
        id=TEXT, name=TEXT, zone=TEXT, language=TEXT, roles=TEXTS, local_time=INSTANT,
    ),
    "Channel": _object("id name purpose members", id=TEXT, name=TEXT, purpose=TEXT, members=TEXTS),
    "Card": {
        **_object("title blocks summary", title=TEXT, blocks={"type": "array"}, summary=TEXT),
        "description": "What Grove says: every block carries its kind under `_`. A file stands under `file`.",
    },
    "Message": _object(
        "id room author only_for text card at edited_at",
        id=NUMBER, room=TEXT, author=TEXT, only_for=_or_null(TEXT), text=TEXT,
        card=_or_null(_named("Card")), at=INSTANT, edited_at=_or_null(INSTANT),
    ),
    "Form": _object("title fields act", title=TEXT, fields={"type": "array"}, act=TEXT, intro=TEXT, submit=TEXT),
    "Event": {
        **_object(
            "as kind",
            **{"as": {**TEXT, "description": "The id of a member: who does it."}},
            kind={"enum": ["command", "message", "press", "submit"]},
            room={**TEXT, "description": "A channel's id or `@member`; left out, their direct message with Grove."},
            key={**TEXT, "description": "The same key again is the same deed and has no effect."},
            name={**TEXT, "description": "command: the word after /grove, empty for home."},
            text={**TEXT, "description": "command: its argument. message: the words."},
            act={**TEXT, "description": "press, submit: the act of a button, menu or form."},
            values={**TEXTS, "description": "press: what was chosen in a menu."},
            entries={"type": "object", "additionalProperties": {"anyOf": [TEXT, TEXTS]}},
            message={**NUMBER, "description": "press, submit: the message it stands on."},
        ),
        "description": "What a person does.",
    },
    "Outcome": _object(
        "outcome message form problems",
        outcome={"enum": ["say", "open", "fix", "file", "nothing"]},
        message=_or_null(_named("Message")),
        form=_or_null(_named("Form")),
        problems={"type": "object", "additionalProperties": TEXT},
    ),
    "Clock": _object("now moving", now=INSTANT, moving={"type": "boolean"}),
    "Forward": {
        "anyOf": [
            _object("forward", forward={**TEXT, "description": "ISO 8601, such as PT3H, P1D or P2W."}),
            _object("hours", hours={**NUMBER, "minimum": 1}),
        ]
    },
    "Error": _object("error", error=_object("field message", field=TEXT, message=TEXT)),
}  # fmt: skip


def _answers(schema: Schema, media: str = JSON) -> Schema:
    error = {JSON: {"schema": _named("Error")}}
    refused = {"description": "One sentence that names the field.", "content": error}
    return {
        "200": {"description": "Done.", "content": {media: {"schema": schema}}},
        "404": refused,
        "422": refused,
    }


def _asked(
    summary: str, answer: Schema, *parameters: Schema, body: str = "", media: str = JSON
) -> Schema:
    asked: Schema = {
        "summary": summary,
        "parameters": list(parameters),
        "responses": _answers(answer, media),
    }
    if body:
        asked["requestBody"] = {"required": True, "content": {JSON: {"schema": _named(body)}}}
    return asked


def _query(name: str, description: str, schema: Schema, *, required: bool = False) -> Schema:
    return {
        "name": name,
        "in": "query",
        "description": description,
        "required": required,
        "schema": schema,
    }


AS = _query("as", "The id of a member: whose eyes.", TEXT, required=True)
ROOM: Schema = {
    "name": "room",
    "in": "path",
    "required": True,
    "schema": TEXT,
    "description": "A channel's id or `@member`.",
}
LIMIT = _query(
    "limit", "How many of the newest.", {**NUMBER, "minimum": 1, "maximum": 500, "default": 50}
)
FROM = _query("from", "Where to go on: the id of the last event received.", TEXT)

DOCUMENT: Schema = {
    "openapi": "3.1.0",
    "info": {
        "title": "Grove's local workspace",
        "version": "1",
        "description": "For scripts on the same machine. There is no sign-in: whoever reaches it may be anybody in it.",
    },
    "servers": [{"url": "/local/api"}],
    "paths": {
        "/members": {
            "get": _asked("Everybody in the workspace", _object("members", members=_list("Member")))
        },
        "/channels": {
            "get": _asked("Every channel", _object("channels", channels=_list("Channel")))
        },
        "/rooms/{room}/messages": {
            "get": _asked(
                "A room as a person sees it",
                _object("messages", messages=_list("Message")),
                ROOM,
                AS,
                LIMIT,
            )
        },
        "/events": {"post": _asked("Do what a person does", _named("Outcome"), body="Event")},
        "/clock": {
            "get": _asked("The workspace's time", _named("Clock")),
            "post": _asked("Move time forward", _named("Clock"), body="Forward"),
        },
        "/stream": {
            "get": _asked(
                "Hints of what changes: message, clock, resync",
                TEXT,
                AS,
                FROM,
                media="text/event-stream",
            )
        },
    },
    "components": {"schemas": SCHEMAS},
}
