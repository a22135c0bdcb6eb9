"""YAML as texts that know their lines; nothing in it is turned into anything else.

YAML is composed, never constructed: `no` stays "no" and 1.10 stays "1.10".
Anchors, aliases, tags, repeated keys and tabs are refused: no pack needs them, and each can make a
file mean something other than what it shows.
"""

import re
from dataclasses import dataclass

import yaml

from bot.lessons.content import Problem, error

DEEPEST = 5
"""Levels of nesting in front matter; a pack needs four (file, topics, topic, needs)."""


_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
"""What an escape such as `"\\0"` can smuggle in: control signs, and halves of characters."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One value with the line it stands on."""

    line: int
    value: "str | tuple[Entry, ...] | dict[str, Entry]"


class _Fault(Exception):
    """The YAML cannot be used at all; `line` counts in the file, whose first line is `---`."""

    def __init__(self, line: int, code: str, message: str) -> None:
        super().__init__(message)
        self.line, self.code, self.message = line, code, message


def read(path: str, content: str, found: list[Problem]) -> dict[str, Entry] | None:
    """The keys of the front matter, or None with the reason added to `found`."""
    try:
        return _mapping(path, content, _root(content), found)
    except _Fault as fault:
        found.append(error(path, fault.line, fault.code, fault.message))
    except yaml.YAMLError as fault:
        message = "the front matter is not readable here; put texts with ':' or '#' in quotes"
        found.append(error(path, _line_of(content, fault), "yaml", message))
    return None


def shortened(key: str) -> str:
    """A key that fits into a message."""
    return key if len(key) <= 48 else key[:47] + "…"


def _root(content: str) -> yaml.MappingNode:
    _refuse_tabs(content)
    _refuse_surprises(content)
    root = yaml.compose(content, Loader=yaml.BaseLoader)
    if isinstance(root, yaml.MappingNode):
        return root
    raise _Fault(2, "not-mapping", "the front matter has no 'key: value' lines; add them")


def _refuse_tabs(content: str) -> None:
    for number, line in enumerate(content.split("\n"), 2):
        if "\t" in line:
            raise _Fault(number, "tab", "a tab in the front matter; put spaces in its place")


def _refuse_surprises(content: str) -> None:
    depth = 0
    for event in yaml.parse(content, Loader=yaml.BaseLoader):
        line = _line(content, event.start_mark.index if event.start_mark else 0)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise _Fault(line, "deep", "the front matter is nested too deep; flatten it")
        if getattr(event, "anchor", None):
            message = "anchors (&) and aliases (*) are not read; put the text in quotes"
            raise _Fault(line, "anchor", message)
        if getattr(event, "tag", None):
            raise _Fault(line, "tag", "tags (!) are not read; put the text in quotes")
        if _UNWRITABLE.search(getattr(event, "value", "")):
            raise _Fault(line, "odd-sign", "a sign that no text can hold; remove its escape")


def _line(content: str, index: int) -> int:
    """The line in the file; YAML's own count takes other signs for line ends too."""
    return content.count("\n", 0, index) + 2


def _line_of(content: str, fault: yaml.YAMLError) -> int:
    if isinstance(fault, yaml.MarkedYAMLError) and fault.problem_mark:
        return _line(content, fault.problem_mark.index)
    return 2


def _mapping(
    path: str, content: str, node: yaml.MappingNode, found: list[Problem]
) -> dict[str, Entry]:
    values: dict[str, Entry] = {}
    for key_node, value_node in node.value:
        line = _line(content, key_node.start_mark.index)
        key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else ""
        if not key:
            found.append(error(path, line, "key", "a key is one plain word; write 'key: value'"))
        elif key in values:
            message = f"'{shortened(key)}' stands twice; keep one of them"
            found.append(error(path, line, "repeated-key", message))
        else:
            values[key] = Entry(line, _entry(path, content, value_node, found).value)
    return values


def _entry(path: str, content: str, node: yaml.Node, found: list[Problem]) -> Entry:
    line = _line(content, node.start_mark.index)
    if isinstance(node, yaml.MappingNode):
        return Entry(line, _mapping(path, content, node, found))
    if isinstance(node, yaml.SequenceNode):
        return Entry(line, tuple(_entry(path, content, item, found) for item in node.value))
    return Entry(line, str(node.value))
