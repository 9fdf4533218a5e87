# `make` alone lists the targets. Each installs what it needs, and only when that changed.

SHELL := /bin/sh
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
PORT ?= 8501

BIN := .venv/bin
# Where dossiers are saved unless PENSEBETE_DATABASE_URL names another place.
DATABASE := data/pensebete.sqlite3
# Written once the requirements are in: newer than the requirements, there is nothing to install.
TO_RUN := .venv/installed-to-run
TO_TEST := .venv/installed-to-test
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help run dev migrate test test-unit test-storage test-pages test-browser lint bench lighthouse soak damage screenshots schema clean for-unit for-storage for-browser

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

run: $(TO_RUN) $(if $(PENSEBETE_DATABASE_URL),migrate,$(DATABASE)) ## serve the app on http://localhost:8501, or on PORT
	@exec $(BIN)/streamlit run app.py --server.port $(PORT)

dev: $(TO_RUN) $(DATABASE) ## serve it for those who work on it: an example open, read again on save, tracebacks in the page
	@PENSEBETE_DEV=docs/example-dossier.json exec $(BIN)/streamlit run app.py --server.port $(PORT) \
		--server.fileWatcherType auto --server.runOnSave true --client.showErrorDetails full

migrate: $(TO_RUN) ## prepare the database of saved dossiers, or bring it up to date
	@$(BIN)/python -m pensebete migrate

# Only after a change of the tables: the server starts in its own time otherwise.
$(DATABASE): $(wildcard pensebete/storage/migrations/versions/*.py) | $(TO_RUN)
	@$(BIN)/python -m pensebete migrate
	@touch $@

PYTEST := $(BIN)/python -m pytest -n 2 --maxschedchunk 4

test: lint for-browser for-storage for-unit ## check style and types, then run every test, those in a real browser too
	@$(PYTEST)

test-unit: for-unit ## the tests that need no browser, no database server, no Node: under a minute
	@$(PYTEST) tests/unit

test-storage: for-storage ## those of saved dossiers, on SQLite and on a PostgreSQL server of their own
	@$(PYTEST) tests/storage

test-pages: $(TO_TEST) ## journeys through the pages, without a browser
	@$(PYTEST) tests/pages

test-browser: for-browser for-unit ## those in a real browser, and in the language server that editors run
	@$(PYTEST) tests/browser tests/editor

for-unit: $(TO_TEST)
	@command -v pdftotext >/dev/null || tools/apt-install poppler-utils

for-storage: $(TO_TEST)
	@tools/install-postgresql

for-browser: $(TO_TEST)
	@tools/install-browser
	@tools/install-node-packages tests/editor

lint: $(TO_TEST) ## check style and types
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/mypy --no-error-summary

bench: $(TO_TEST) ## measure the parts whose speed is promised
	@# WeasyPrint, a yardstick, lays its text out with them.
	@/sbin/ldconfig -p | grep -q libpangoft2-1.0 || tools/apt-install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
	@$(BIN)/python -m bench.run

lighthouse: $(TO_TEST) ## ask Lighthouse about every page: accessibility and best practices must be 100
	@tools/install-browser
	@tools/install-node-packages bench/lighthouse
	@$(BIN)/python -m bench.lighthouse.run

soak: $(TO_TEST) ## keep a server under load and watch its memory; look at every page in every way
	@$(BIN)/python -m bench.load.soak
	@$(BIN)/python -m pytest -n 2 --every-combination -m soak
	@$(BIN)/python -m pytest -n 2 --every-combination tests/browser/test_accessibility.py

damage: $(TO_TEST) ## damage single lines of checklist.yaml ten thousand times and see what is said
	@$(BIN)/python -m bench.damage

screenshots: $(TO_TEST) ## make the pictures of the README and docs/ anew
	@$(BIN)/python -m tools.screenshots

schema: $(TO_RUN) ## write docs/checklist.schema.json anew, for editors of checklist.yaml
	@mkdir -p docs
	@$(BIN)/python -m pensebete schema > docs/checklist.schema.json.new
	@mv docs/checklist.schema.json.new docs/checklist.schema.json

clean: ## remove what the other targets made; saved dossiers stay
	rm -rf .venv .hypothesis .mypy_cache .pytest_cache .ruff_cache test-results */*/node_modules docs/checklist.schema.json.new
	find app.py bench devtools pages pensebete tests tools -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || tools/apt-install python3 python3-venv
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Pense-bête needs Python 3.11 or newer; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@# Debian keeps this part of Python in a package of its own.
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || tools/apt-install $(notdir $(PYTHON))-venv
	@$(PYTHON) -m venv .venv

# Only its absence matters: its date is that of the system's Python.
$(TO_RUN): requirements.txt | $(BIN)/python
	@$(PIP_INSTALL) -r requirements.txt
	@touch $@

$(TO_TEST): requirements-test.txt $(TO_RUN)
	@$(PIP_INSTALL) -r requirements-test.txt
	@touch $@
