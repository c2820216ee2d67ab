# All that a developer, CI and a curious visitor need; `make` alone lists it.
# Needs: make, git, and Python 3.11 or newer with venv (Debian: apt install make git python3-venv).

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help venv demo examples test slow soak fuzz outside kill bench costs publishing gains check lint types docs wheel verdicts format clean night

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

venv: $(READY) ## Create .venv with everything, at the versions of constraints.txt

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q -c constraints.txt pip
	$(BIN)/python -m pip install -q -c constraints.txt --group dev -e .
	@touch $@

demo: $(READY) ## Harvest nine invented publishers twice, from a loopback server
	$(BIN)/python examples/demo.py build/demo

test: $(READY) ## Run the tests (those that need ../shared are skipped without it)
	$(BIN)/python -m pytest -n 2 -m "not slow"

slow: $(READY) ## Run the slow tests too
	$(BIN)/python -m pytest -n 2

outside: $(READY) ## Fetch the schemas and axe that some tests check against; they are skipped without
	$(BIN)/python -m tests.outside

soak: $(READY) ## Let 400 nights pass over drifting sources, and look for growth
	$(BIN)/python -m pytest -m soak

examples: $(READY) ## Write docs/examples.md and its pictures anew (needs Chromium)
	$(BIN)/python -m tests.docs.examples

fuzz: $(READY) ## Run the property-based tests with twenty times the examples
	$(BIN)/python -m pytest -n 2 -m hypothesis --hypothesis-profile=fuzz --timeout=1800

gains: $(READY) ## Write anew what normalising gives on the corpus (docs/normalising.md)
	$(BIN)/python -m tests.normalize.measure

night: $(READY) ## Measure whole nights against bare parsing, from a loopback server
	$(BIN)/python -m tests.benchmarks.night build/night

kill: $(READY) ## Kill runs at every fault point and two hundred times at random
	$(BIN)/python -m pytest tests/test_kill.py tests/store/test_kill.py

costs: $(READY) ## Measure what reports cost beside the engine, and what starting costs
	$(BIN)/python -m tests.benchmarks.formats
	$(BIN)/python -m tests.benchmarks.starting

publishing: $(READY) ## Measure normalising and both exports against bare parsing
	$(BIN)/python -m tests.benchmarks.publishing

check: lint types docs wheel ## Run everything that must hold before a change is merged, but the tests

lint: $(READY) ## Check style and formatting
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(READY) ## Check types
	$(BIN)/mypy

docs: $(READY) ## Run what README shows and check the docs against the program
	$(BIN)/python -m pytest tests/docs tests/test_architecture.py

wheel: $(READY) ## Build the wheel and use it in an empty environment, away from the checkout
	.ci/wheel $(BIN)/python

bench: $(READY) ## Compare the SHACL engine with others, side by side: docs/benchmarks.md
	$(BIN)/python -m tests.benchmarks.bench

verdicts: $(READY) ## Write the verdicts of real and hostile files anew, and show what changed
	$(BIN)/python -m tests.rules.verdicts
	git --no-pager diff -- tests/rules/verdicts.txt

format: $(READY) ## Format the code and write the generated files anew
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/python -m tests.docs.generate

clean: ## Remove what the targets have made
	rm -rf $(VENV) build dist
