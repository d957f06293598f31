# Every command a person types. Each target sets up what it needs; `make setup` may be run alone.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help setup run test check unit integration packaging e2e browser web bench chaos lock protocol clean

help: ## show the commands
	@grep -E '^[a-z0-9]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: .venv/installed node_modules/installed ## build .venv, with `calcutta` in it, and node_modules

.venv/installed: requirements/dev.txt pyproject.toml
	@echo "setting up .venv (about a minute on a fresh machine)"
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or later is needed; set PYTHON")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

node_modules/installed: package.json services/web/package.json package-lock.json
	@echo "setting up node_modules (under a minute on a fresh machine)"
	npm ci --no-progress --loglevel=error
	@touch $@

run: setup ## a whole auction on this machine, on the real deploy; ONCE=1 to end after it, PORT=n
	@$(BIN)/python -m local.night

test: check web ## everything: lint, types, unit, integration, packaging, e2e, browser
	$(BIN)/pytest --numprocesses 2 --dist loadgroup --durations 10

check: setup ## format, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

web: setup ## check and test services/web by itself
	npm run check --workspace services/web
	npm run test --workspace services/web

unit integration packaging e2e browser: setup ## one tier of the tests
	$(BIN)/pytest tests/$@

chaos: setup ## bring faults about, print what held, write docs/reliability.md; 15 minutes
	@CHAOS_WHOLE_NIGHT=1 $(BIN)/python -m chaos

bench: setup ## measure beside peers, write bench/results.json and docs/performance.md; QUICK=1 only prints
	@$(BIN)/python -m bench $(if $(QUICK),--quick)

lock: setup ## pin and hash what the .in files ask for
	$(BIN)/python -m tools.lock

protocol: setup ## write the documents of all APIs anew from messages and operations, and the page's types
	$(BIN)/python -m docs.protocol.generate
	$(BIN)/python -m docs.leagues_api.generate
	$(BIN)/python -m docs.lobby_api.generate
	npm run generate --workspace services/web

clean: ## remove what set-up and tests made
	rm -rf .venv node_modules .requirements-cache .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info services/web/dist
