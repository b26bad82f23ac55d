# casekit: `make` prints what there is to do. Nothing here needs more than make and Python 3.11 or newer.
# uv lives in .tools, the project's packages in .venv; both can be deleted at any time.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup lab app test check bench notebooks sabotage

UV := .tools/bin/uv
RUN := .venv/bin/python
NOTEBOOK ?=

# The first Python that is new enough. `make PYTHON=/path/to/python setup` overrides it.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
  if "$$p" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; \
  then command -v "$$p"; break; fi; done)

help:  ## this list
	@echo "casekit: learn back-pain physiatry on patients in a notebook"
	@echo
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-18s %s\n", $$1, $$2}'
	@echo
	@echo "First time here? 'make lab' fetches what it needs (a minute) and opens the start page."

setup: .venv/.ready  ## fetch the locked packages into .venv (the other targets do this when needed)

.tools/bin/uv:
	@test -n "$(PYTHON)" || { \
	  echo "casekit needs Python 3.11 or newer with venv; none was found."; \
	  echo "Debian or Ubuntu: apt install python3 python3-venv.  macOS: brew install python."; \
	  echo "Or say where it is: make PYTHON=/path/to/python setup"; exit 1; }
	"$(PYTHON)" -m venv .tools
	.tools/bin/python -m pip install --quiet --disable-pip-version-check uv

.venv/.ready: pyproject.toml uv.lock | .tools/bin/uv
	$(UV) sync --locked --python "$(PYTHON)"
	@touch $@

lab: setup  ## open JupyterLab on the start notebook (NOTEBOOK=… for another)
	$(RUN) -m casekit lab $(NOTEBOOK)

app: setup  ## serve the start notebook as a page without code
	$(RUN) -m casekit app $(NOTEBOOK)

test: setup  ## everything that must hold: style, types, cases, units, notebooks, browser
	$(RUN) -m tools.test

check: setup  ## the quick part of test: style, types, schema, cases
	$(RUN) -m tools.test --quick

bench: setup  ## measure against what one would use instead; writes build/bench.json
	$(RUN) -m tools.bench

notebooks: setup  ## run every notebook anew and store its outputs
	$(RUN) -m casekit.refresh

sabotage: setup  ## break copies of the notebooks in many ways; strict testing must see each
	CASEKIT_SABOTAGE=all $(RUN) -m pytest tests/notebooks/test_sabotage.py -n 2
