"""`python -m benchmarks` lists; `python -m benchmarks <name> [--quick]` measures; `draw` shows what was kept."""

import sys
from importlib import import_module

NAMES = ("press", "morning", "claims", "start", "publish")


def main(arguments: list[str]) -> int:
    """Runs what was named; 2 when nothing of this name is there."""
    names = [each for each in arguments if not each.startswith("-")]
    if not names:
        listing()
        return 0
    for name in names:
        if name not in (*NAMES, "draw"):
            print(f"no benchmark {name!r}")
            return 2
        module = import_module(f"benchmarks.{name}")
        if name == "draw":
            module.draw()
            import_module("benchmarks.document").write()
        else:
            print(f"{name}: {module.QUESTION}")
            module.run(quick="--quick" in arguments).finish()
    return 0


def listing() -> None:
    """Every benchmark and its question."""
    for name in NAMES:
        print(f"{name:10} {import_module(f'benchmarks.{name}').QUESTION}")
    print(
        f"{'draw':10} Draws the kept results into docs/images, and writes them into docs/performance.md."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
