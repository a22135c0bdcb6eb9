"""What can go wrong on purpose, named for what happened."""

from datetime import timedelta


class Refusal(Exception):
    """Understood, and the answer is no. `words` is one sentence for the person, already in their language."""

    def __init__(self, words: str, *, code: str = "refused") -> None:
        super().__init__(words)
        self.words = words
        self.code = code


class Unavailable(Exception):
    """Not now: surely not accepted by the platform. The delivery is put back."""

    def __init__(self, reason: str, *, retry_after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after


class Undeliverable(Exception):
    """Never: the person cannot be reached this way. The delivery ends as failed, with the reason."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Uncertain(Exception):
    """It may have arrived: the answer to the request was lost. The delivery is reconciled before anything else."""
