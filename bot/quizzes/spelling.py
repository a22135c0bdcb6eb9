"""When two short texts are the same answer, and when they are one typo apart.

Forgiven always: case, spaces, accents, apostrophes, hyphens between words, quotes and punctuation
around it, an article before it, and what phones make of dashes and quotes.
Forgiven once: a letter too many, too few, wrong or swapped, in a word of five letters or more.
Never forgiven: a digit, a number word, a sign, a negation, the first letter (unclear, nuclear).
"""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import OSA

SHORTEST_WITH_TYPO = 5
"""Letters of the accepted word; in shorter ones a letter makes another word (`fork`, `form`)."""

LONGEST_COMPARED = 2_000
"""Characters of a text that are looked at; no answer is as long."""

_NO = """
no not never none nothing nowhere nobody noone neither nor without cannot cant dont doesnt didnt
isnt arent wasnt werent wont wouldnt shouldnt couldnt mustnt hasnt havent hadnt nein nicht nichts
nie niemals niemand nirgends kein keine keinen keinem keiner ohne weder
"""

_COUNT = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred
thousand million billion trillion half quarter quarters third thirds once twice first second
fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth sixtieth
seventieth eightieth ninetieth hundreds thousands millions billions
null eins zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn
sechzehn siebzehn achtzehn neunzehn zwanzig dreissig vierzig funfzig sechzig siebzig achtzig
neunzig hundert tausend million millionen milliarde milliarden halb viertel drittel
"""

NEGATIONS = frozenset(_NO.split())
"""Words that turn an answer around, as `normal` writes them."""

NUMBER_WORDS = frozenset(_COUNT.split())
"""Words that are a number, as `normal` writes them: `eighty` is not a typo of `eighth`."""

_FANCY = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u00b4\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"),
        "\u2014": "--",
        "`": "",
    }
)
_OVERLAYS = range(0x0334, 0x0339)
"""Strokes through a sign: without its stroke, "not equal" would be "equal"."""

_LETTER = r"[^\W\d_]"
_APOSTROPHE = re.compile(rf"(?<={_LETTER})'(?={_LETTER})")
_HYPHEN = re.compile(rf"(?<={_LETTER}{{2}})-(?={_LETTER})|(?<={_LETTER})-(?={_LETTER}{{2}})")
_ARTICLE = re.compile(rf"(?:the|an?|der|die|das|ein|eine|einen)\s+(?={_LETTER}{{2}})")
_ENDING = re.compile(r"(?<=[^\s.,;:!?])(?:[,;:?]+|(?<!\d)[,;:?!]+|\.|\.{3,})$")
_LOOSE = re.compile(r"(?<![\d.,]) | (?![\d.,])")
_ROMAN = re.compile(r"(?=.)m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_PAIRS = {'"': '"', "'": "'", "(": ")", "[": "]", "{": "}"}


def tidy(text: str) -> str:
    """The text on one line, as it was written."""
    return " ".join(text[:LONGEST_COMPARED].split())


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    """The text with everything forgiven that is always forgiven, but for its spaces."""
    plain = _without_marks(tidy(text).translate(_FANCY))
    plain = _HYPHEN.sub(" ", _APOSTROPHE.sub("", plain))
    bare = _bared(" ".join(plain.split()))
    return _ARTICLE.sub("", bare, count=1) if _ARTICLE.match(bare) else bare


def same(given: str, known: str) -> bool:
    """Whether the texts are the same answer without any typo."""
    one, other = normal(given), normal(known)
    if one == other:
        return True
    return _squeezed(one) == _squeezed(other) and _negations(one) == _negations(other)


def is_typo(given: str, known: str) -> bool:
    """Whether the texts are one forgivable typo apart."""
    ours, theirs = normal(given).split(), normal(known).split()
    if len(ours) != len(theirs):
        return False
    differing = [pair for pair in zip(ours, theirs, strict=True) if pair[0] != pair[1]]
    return len(differing) == 1 and _is_misspelt(*differing[0])


def _is_misspelt(word: str, known: str) -> bool:
    if len(known) < SHORTEST_WITH_TYPO or word[0] != known[0]:
        return False
    if not (_is_plain_word(word) and _is_plain_word(known)):
        return False
    if {word, known} & NEGATIONS or _is_number(word):
        return False
    return OSA.distance(word, known, score_cutoff=1) == 1


def _is_number(word: str) -> bool:
    """Whether it is a number in words or in Roman numerals."""
    return word in NUMBER_WORDS or _ROMAN.fullmatch(word) is not None


def _is_plain_word(word: str) -> bool:
    """Whether it is nothing but letters of an alphabet (Latin, Greek, Cyrillic)."""
    return word.isalpha() and max(word) < "\u0530"


def _without_marks(text: str) -> str:
    """The text in small letters without accents; superscripts keep a sign that they are raised."""
    raised = "".join(f"^{sign}" if _is_raised(sign) else sign for sign in text)
    decomposed = unicodedata.normalize("NFKD", raised).casefold()
    return "".join(sign for sign in unicodedata.normalize("NFKD", decomposed) if _is_kept(sign))


def _is_raised(sign: str) -> bool:
    return unicodedata.decomposition(sign).startswith("<super>")


def _is_kept(sign: str) -> bool:
    code = ord(sign)
    if 0x0300 <= code <= 0x036F:
        return code in _OVERLAYS
    return unicodedata.category(sign) != "Cf"


def _bared(text: str) -> str:
    """The text without what surrounds it, but never nothing; `git add .` keeps its dot."""
    while True:
        bare = _ENDING.sub("", text)
        if len(bare) > 2 and _PAIRS.get(bare[0]) == bare[-1]:
            bare = bare[1:-1].strip()
        if bare == text or not bare:
            return text
        text = bare


def _squeezed(text: str) -> str:
    """The text without its spaces, except between numbers."""
    return _LOOSE.sub("", text)


def _negations(text: str) -> int:
    return sum(word in NEGATIONS for word in text.split())
