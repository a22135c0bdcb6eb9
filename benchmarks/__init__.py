"""How fast Grove is, measured: each module is one question, run by `python -m benchmarks <name>`."""
