"""Every card and form that Grove can show, as named examples."""

from tests.gallery import asking, extremes, learning, running
from tests.gallery.example import Example

EXAMPLES: tuple[Example, ...] = (
    *learning.examples(),
    *asking.examples(),
    *running.examples(),
    *extremes.examples(),
)
"""In the order of the gallery's features; names are unique."""
