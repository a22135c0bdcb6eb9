"""Forms shown again with what was entered, so that nobody types anything twice."""

from dataclasses import replace
from datetime import date, time

from bot.ui import At, Day, Days, Entries, Entry, Field, Form, Line, People, Pick, Switch


def refilled(form: Form, entries: Entries) -> Form:
    """The form with the entries in place; an entry its field cannot hold leaves the value it had."""
    fields = tuple(
        _filled(field, entries[field.name]) if field.name in entries else field
        for field in form.fields
    )
    return replace(form, fields=fields)


def _filled(field: Field, entry: Entry) -> Field:
    parts = entry if isinstance(entry, tuple) else tuple(part for part in (entry,) if part)
    text = parts[0] if parts else ""
    try:
        match field:
            case Line():
                return replace(field, value=text)
            case Switch():
                return replace(field, value=text == "on")
            case At():
                return replace(field, value=time.fromisoformat(text))
            case Day():
                return replace(field, value=date.fromisoformat(text) if text else None)
            case Days():
                return replace(field, value=tuple(int(part) for part in parts))
            case Pick() | People():
                return replace(field, value=parts)
    except ValueError:
        return field
