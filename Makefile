# `make` alone lists the targets. Each installs what it needs, and only when that changed.

SHELL := /bin/sh
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
PORT ?= 8501
# This machine alone. For others of the network: make run HOST=0.0.0.0, behind a proxy rather (docs/serving/).
HOST ?= localhost
# More than one: as many processes behind nginx (docs/serving/), over HTTPS where CERTIFICATE and KEY name its files.
WORKERS ?= 1

BIN := .venv/bin
# Where dossiers are saved unless PENSEBETE_DATABASE_URL names another place.
DATABASE := data/pensebete.sqlite3
# Written once the requirements are in: newer than the requirements, there is nothing to install.
TO_RUN := .venv/installed-to-run
TO_TEST := .venv/installed-to-test
# What pages load is compressed with Brotli once it is there, and again where it is another.
COMPRESSED := .venv/compressed
# What renews the pins has an environment of its own.
SUPPLY := .venv-supply/bin
TO_RENEW := .venv-supply/installed
# What is not, byte for byte, what the pins were made for is not installed.
PIP_INSTALL := -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: help run dev migrate test test-unit test-pages test-storage test-browser poppler pdf-programs postgresql pgbouncer nginx browser language-server calendar-library \
	lint bench lighthouse soak thorough siege damage screenshots schema deploy-check licences sbom audit renew-pins clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

run: ## serve the app on http://localhost:8501, or on HOST and PORT; with WORKERS=2, by as many processes
	@exec $(if $(filter 1,$(WORKERS)),$(ONE_PROCESS),$(SEVERAL_PROCESSES))

ONE_PROCESS = $(BIN)/streamlit run app.py --server.address $(HOST) --server.port $(PORT)
SEVERAL_PROCESSES = $(BIN)/python -m tools.processes $(WORKERS) --host $(HOST) --port $(PORT) \
	$(if $(CERTIFICATE),--certificate $(CERTIFICATE)) $(if $(KEY),--key $(KEY))

dev: ## serve it to those who change it: what is saved is seen at once, tracebacks too, with an example dossier
	@exec $(BIN)/python -m streamlit run devtools/dev/app.py --server.address $(HOST) --server.port $(PORT)

run: $(if $(filter 1,$(WORKERS)),,nginx)
run dev: $(TO_RUN) $(COMPRESSED) $(if $(PENSEBETE_DATABASE_URL),migrate,$(DATABASE))

migrate: $(TO_RUN) ## prepare the database of saved dossiers, or bring it up to date
	@$(BIN)/python -m pensebete migrate

# Only after a change of the tables: the server starts in its own time otherwise.
$(DATABASE): $(wildcard pensebete/storage/migrations/versions/*.py) | $(TO_RUN)
	@$(BIN)/python -m pensebete migrate
	@touch $@

test: lint poppler pdf-programs postgresql pgbouncer nginx browser language-server calendar-library ## check style and types, then run every test, those in a real browser too
test-unit: poppler pdf-programs ## run tests/unit: what needs no browser and no server, in a minute or two
test-pages: ## run tests/pages: the pages, without a browser
test-storage: postgresql pgbouncer ## run tests/storage: saved dossiers, in a SQLite file and on a PostgreSQL server
test-browser: nginx browser language-server calendar-library ## run tests/browser, tests/editor and tests/calendar: the app as it is served, the checklist as editors see it, the plan as calendars do

test test-unit test-pages test-storage test-browser: $(TO_TEST) $(COMPRESSED)
	@$(COMPILED_ONCE) $(BIN)/python -m pytest -n $(AT_ONCE) --dist worksteal $(FOLDERS_OF_$@)

# One more than two cores: journeys in a browser wait for half of their time.
AT_ONCE := 3

# Tests start the program by the hundred: it is compiled once, also where Python is told to keep nothing of that.
COMPILED_ONCE := PYTHONDONTWRITEBYTECODE=
FOLDERS_OF_test-unit := tests/unit
FOLDERS_OF_test-pages := tests/pages
FOLDERS_OF_test-storage := tests/storage
FOLDERS_OF_test-browser := tests/browser tests/editor tests/calendar

# What tests need beside Python.
poppler:
	@command -v pdfinfo >/dev/null || tools/apt-install poppler-utils

# By which plans are written anew, encrypted, merged and commented, as they are on their way.
pdf-programs:
	@command -v qpdf >/dev/null && command -v gs >/dev/null && command -v mutool >/dev/null || \
		tools/apt-install qpdf ghostscript mupdf-tools

postgresql pgbouncer browser nginx:
	@tools/install-$@

language-server:
	@tools/install-node-packages tests/editor

calendar-library:
	@tools/install-node-packages tests/calendar

lint: $(TO_TEST) ## check style and types
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/mypy --no-error-summary

bench: $(TO_TEST) $(COMPRESSED) ## measure the parts whose speed is promised
	@# WeasyPrint, a yardstick, lays its text out with them.
	@/sbin/ldconfig -p | grep -q libpangoft2-1.0 || tools/apt-install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
	@$(BIN)/python -m bench.run

lighthouse: $(TO_TEST) $(COMPRESSED) browser ## ask Lighthouse about every page: accessibility and best practices must be 100
	@tools/install-node-packages bench/lighthouse
	@$(BIN)/python -m bench.lighthouse.run

soak: $(TO_TEST) nginx postgresql ## keep the app under load for ten minutes while one thing after the other fails under it
	@# By which networks are made, and cut.
	@command -v ip >/dev/null || tools/apt-install iproute2
	@$(BIN)/python -m bench.load.soak $(if $(MINUTES),--minutes $(MINUTES))

thorough: $(TO_TEST) poppler pdf-programs nginx browser postgresql pgbouncer language-server calendar-library ## look at every page in every way; try ten thousand dossiers; tap in a slow browser
	@$(BIN)/python -m pytest -n 2 --every-combination -m soak
	@PENSEBETE_EXPLORE=1 $(BIN)/python -m pytest -n 2 tests/unit/evaluation/test_properties.py tests/unit/web/session/test_tabs.py \
		tests/unit/export/test_calendar_feed.py tests/storage/test_changes.py
	@PENSEBETE_EXPLORE=1 $(BIN)/python -m pytest -n 2 -m hypothesis tests/unit --ignore tests/unit/evaluation/test_properties.py
	@$(BIN)/python -m pytest -n 2 --every-combination tests/browser/test_accessibility.py
	@$(BIN)/python -m pytest -n 2 --slow-browser $(MOST_TAPPED)

# What is tapped, typed, kept and gone back to, in a browser that is three times as slow.
MOST_TAPPED := $(addprefix tests/browser/test_,$(addsuffix .py,action_plan drafts kept_here line new_link saved_dossier tab_copy tab_dossier \
	today type_then_tap way_back way_through))

siege: $(TO_TEST) ## let strangers attack a server, each a few seconds, and time what somebody else waits: five minutes
	@$(BIN)/python -m bench.siege.run

damage: $(TO_TEST) ## damage single lines of checklist.yaml: what is said, and what the edits give back
	@$(BIN)/python -m bench.damage

screenshots: $(TO_TEST) browser poppler ## make the pictures of the README and docs/ anew
	@$(BIN)/python -m tools.screenshots

schema: $(TO_RUN) ## write docs/checklist.schema.json anew, for editors of checklist.yaml
	@mkdir -p docs
	@$(BIN)/python -m pensebete schema > docs/checklist.schema.json.new
	@mv docs/checklist.schema.json.new docs/checklist.schema.json

deploy-check: $(TO_TEST) $(TO_RENEW) ## try what is in deploy/ as far as this machine goes: build and run the container, check units and schemas
	@# Where they cannot be installed, what takes them is said not to have been tried.
	@command -v buildah >/dev/null && command -v mmdebstrap >/dev/null && command -v strace >/dev/null || \
		tools/apt-install buildah mmdebstrap strace || true
	@$(BIN)/python -m tools.deploy_check

licences: $(TO_TEST) ## write docs/licences.md and licences/ anew, from what is installed
	@$(BIN)/python -m tools.licences

sbom: $(TO_TEST) ## write sbom.cdx.json: what the app runs on, as CycloneDX
	@$(BIN)/python -m tools.sbom sbom.cdx.json

audit: $(TO_RENEW) ## ask the network for the known vulnerabilities of what is pinned
	@# One that could not be asked about is a failure: it is not one without faults.
	@$(SUPPLY)/pip-audit --strict --require-hashes --disable-pip --progress-spinner off -r requirements-test.txt

renew-pins: $(TO_TEST) $(TO_RENEW) ## pin what is newest, or PACKAGE alone; say what changed, licences too
	@$(BIN)/python -m tools.renew_pins $(PACKAGE)

clean: ## remove what the other targets made; saved dossiers stay
	rm -rf .venv .venv-supply .hypothesis .mypy_cache .pytest_cache .ruff_cache test-results */*/node_modules */*/*/node_modules docs/checklist.schema.json.new sbom.cdx.json
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
	@$(BIN)/python $(PIP_INSTALL) -r requirements.txt
	@touch $@

$(TO_TEST): requirements-test.txt $(TO_RUN)
	@$(BIN)/python $(PIP_INSTALL) -r requirements-test.txt
	@touch $@

COMPRESSED_BY := $(addprefix pensebete/web/server/,known_files.py lighter_files.py made_brotli.py make_brotli.py)
$(COMPRESSED): $(TO_RUN) $(COMPRESSED_BY) $(wildcard pensebete/web/static/*.* pensebete/web/static/style/*.css)
	@$(BIN)/python -m pensebete.web.server.make_brotli
	@touch $@

$(TO_RENEW): requirements-supply.txt | $(BIN)/python
	@$(BIN)/python -m venv .venv-supply
	@$(SUPPLY)/python $(PIP_INSTALL) -r requirements-supply.txt
	@touch $@
