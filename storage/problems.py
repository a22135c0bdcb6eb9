"""What the person who runs Grove has to mend."""


class Problem(Exception):
    """Grove cannot go on like this. Its text is one sentence: what is wrong, and what to do."""
