# Everything a developer or an operator runs. `make` alone lists the targets.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
WHEELS ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/grove/wheels
# Wheels fetched once serve every later clone: first from that folder alone, without the network.
# $(call install,WHAT,HOW): WHAT to fetch, HOW to install it.
define install
	@found() { $(PIP) install --no-index --find-links "$(WHEELS)" --no-build-isolation --constraint constraints.txt $(2) $(1); }; \
	found >/dev/null 2>&1 || { mkdir -p "$(WHEELS)" && \
	  $(PIP) download --dest "$(WHEELS)" --no-build-isolation --constraint constraints.txt $(1) && found; }
endef

.PHONY: help run demo test check gallery bench clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

run: $(STAMP) ## Serve the local workspace
	@$(BIN)/grove run

demo: $(STAMP) ## Serve a throwaway workspace with 30 days already behind it
	@$(BIN)/grove demo

test: $(DEV_STAMP) ## Run every test; more for pytest with PYTEST="-k words"
	@$(BIN)/python -m pytest -n auto $(PYTEST)

check: $(DEV_STAMP) ## Check format, lint, types, the directions between rooms, and the packs
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/grove pack check packs/*

gallery: $(DEV_STAMP) ## Write a page that shows every card
	@$(BIN)/python -m tests.gallery

bench: $(DEV_STAMP) ## Measure what Grove promises
	@$(BIN)/python -m benchmarks

clean: ## Remove what the targets above made; data/ stays
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist

$(BIN)/python:
	@found=; for name in "$(PYTHON)" python3.13 python3.12 python3.11; do \
	  if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    found=$$name; break; fi; done; \
	if [ -z "$$found" ]; then \
	  echo "Grove needs Python 3.11 or newer: install it, or say where it is with 'make run PYTHON=/path/to/python3.12'." >&2; \
	  exit 1; fi; \
	echo "Making $(VENV) with $$("$$found" --version)."; \
	"$$found" -m venv $(VENV)

$(STAMP): pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing what Grove needs (a minute the first time, then never again until versions change)."
	$(call install,hatchling editables,)
	$(call install,.,--editable)
	@touch $@

$(DEV_STAMP): $(STAMP)
	@echo "Installing what the tests and checks need."
	$(call install,'.[dev]',--editable)
	@touch $@
