# One command for everything. `make` lists the targets. Paths are relative so that a folder with spaces works.
.DEFAULT_GOAL := help
.PHONY: help run test lint bench peers screenshots docs-check readme clean

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$p"; break; }; done)
PY := .venv/bin/python
SETUP = @$(if $(PYTHON),"$(PYTHON)" tools/bootstrap.py,echo "No Python 3.11 or newer was found. Install it, on Debian or Ubuntu: sudo apt-get install python3 python3-venv" >&2; exit 1; )
EXAMPLE ?= examples/ppi.toml
# The HTML pages are looked at with the system's Chromium; where there is none, the tests say so
BROWSER := $(shell for c in chromium chromium-browser google-chrome; do \
	command -v "$$c" >/dev/null 2>&1 && { echo browser; break; }; done)

# Development cases, when the folder is beside this one
ifneq ($(wildcard ../shared/vignettes),)
export TWITCHWISE_SHARED ?= ../shared
endif
export PIP_DISABLE_PIP_VERSION_CHECK := 1

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

run: ## set up .venv if needed and review an example record (EXAMPLE=file to choose)
	$(SETUP) base
	@$(PY) -m twitchwise review "$(EXAMPLE)"

test: lint ## lint, types, import rules and every test
	-$(SETUP) base test $(BROWSER)
	$(PY) -m pytest $(ARGS)

lint: ## style, types and import rules only
	$(SETUP) base test
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) tools/lint_imports.py

bench: ## speed, size, process and case figures, printed with the machine
	$(SETUP) base test
	$(PY) benchmarks/bench_process.py
	$(PY) benchmarks/bench_size.py
	$(PY) benchmarks/bench_speed.py
	$(PY) benchmarks/bench_html.py
	$(PY) benchmarks/bench_vignettes.py
	$(PY) benchmarks/bench_foods_search.py
	$(PY) benchmarks/bench_diary.py
	$(PY) benchmarks/bench_day_plan.py
	$(PY) benchmarks/bench_kills.py
	$(PY) benchmarks/bench_web.py

peers: ## install pyAgrum and polars and compare with them: equal to 1e-9, and how much faster
	$(SETUP) base test peers
	$(PY) benchmarks/bench_exact.py
	$(PY) benchmarks/bench_speed.py
	$(PY) benchmarks/bench_intake.py
	$(PY) benchmarks/bench_import.py
	$(PY) benchmarks/bench_nhanes_diet.py

screenshots: ## pictures of every example page in light, dark, narrow and print, into build/screenshots
	$(SETUP) base test browser
	$(PY) tools/screenshots.py
	$(PY) tools/web_screenshots.py

docs-check: ## are the generated parts of the documents current?
	$(SETUP) base test
	$(PY) tools/readme.py --check
	$(PY) -m pytest tests/test_docs.py

readme: ## write the generated block of README.md again
	$(SETUP) base
	$(PY) tools/readme.py

clean: ## remove what the targets above made
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist

serve: ## the private page on this machine: the address is the first line
	$(SETUP) base
	@$(PY) -m twitchwise serve

.PHONY: serve
.PHONY: evidence-report calibration sensitivity
evidence-report: ## how well the facts are supported, and the weak ones that move answers most
	$(SETUP) base
	@$(PY) tools/evidence_report.py

calibration: ## 100,000 drawn persons: is it as often right as it says? (PERSONS=n; minutes)
	$(SETUP) base
	$(PY) benchmarks/bench_calibration.py --persons $(or $(PERSONS),100000)

sensitivity: ## which numbers move the answers most
	$(SETUP) base
	$(PY) benchmarks/bench_sensitivity.py

.PHONY: docs
docs: ## the documentation site, every example run and every link checked, into build/docs
	$(SETUP) base test docs
	$(PY) tools/docs.py
