# Everything a checkout needs. Python 3.11 or newer, git and make are enough to begin with;
# each target works alone on a fresh machine and installs what it needs, once, into .venv.
#
#   make portal   build the demo portals
#   make test     run all tests
#   make help     list the rest

.DEFAULT_GOAL := help
SHELL := /bin/sh
.DELETE_ON_ERROR:

# Another interpreter: make test PYTHON=python3.13
PYTHON ?= python3
VENV ?= .venv
# How many processes test at once: make test JOBS=1
JOBS ?= auto

# Nothing of the caller's shell may decide what is imported, installed or built.
unexport PYTHONHOME PYTHONPATH PYTHONSAFEPATH PYTHONSTARTUP PYTHONWARNINGS PYTHONNOUSERSITE
unexport PIP_TARGET PIP_PREFIX PIP_USER PIP_REQUIRE_HASHES PIP_CONSTRAINT PIP_NO_DEPS
unexport PYTEST_ADDOPTS PYTEST_PLUGINS TWOFOLD_AUDIENCE
export PIP_DISABLE_PIP_VERSION_CHECK := 1

python := $(VENV)/bin/python
pip := $(python) -m pip --quiet
uv = $(VENV)/bin/uv --no-config

made := $(VENV)/.made
installed := $(VENV)/.installed
installed_dev := $(VENV)/.installed-dev

# A copied or moved checkout must not go on running the code of the place it came from.
$(shell [ "$$(cat "$(made)" 2>/dev/null)" = "$(CURDIR)" ] || rm -f "$(made)")

.PHONY: help
help:
	@echo "make portal   build the demo portals into site/ and site-internal/"
	@echo "make serve    the same as a live preview"
	@echo "make test     run all tests (the browser tests want Chromium)"
	@echo "make lint     ruff, mypy and the layers"
	@echo "make format   let ruff put right what it can"
	@echo "make check    lint, then test"
	@echo "make docs     build the documentation, strictly"
	@echo "make wheel    build the wheel and try it in an environment of its own"
	@echo "make html     check the demo's pages with the Nu checker (wants Java and npm)"
	@echo "make pictures take the demo's pictures in README and docs anew (wants Chromium)"
	@echo "make bench    measure every command beside bare tools (BENCH=... passes options on)"
	@echo "make lock     resolve the lock files anew (LOCK=--upgrade takes newer versions)"
	@echo "make clean    remove what was built; make distclean removes .venv as well"


# --- environment ------------------------------------------------------------------------------------------

$(made):
	@command -v "$(PYTHON)" >/dev/null 2>&1 || { \
	    echo "There is no $(PYTHON) here. Install Python 3.11 or newer," >&2; \
	    echo "or name one: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "Twofold needs Python 3.11 or newer; $(PYTHON) is $$("$(PYTHON)" --version 2>&1)." >&2; \
	    echo "Name another: make $(MAKECMDGOALS) PYTHON=python3.11" >&2; exit 1; }
	@echo "Making $(VENV) with $$("$(PYTHON)" --version)"
	@rm -rf "$(VENV)"
	@"$(PYTHON)" -m venv "$(VENV)" || { rm -rf "$(VENV)"; \
	    echo "$(PYTHON) could not make a virtual environment." >&2; \
	    echo "On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "$(CURDIR)" > $@

# The project itself is installed as a link to the checkout, by the build backend from the lock: its
# entry points (the command, the MkDocs plugin) are all that has to be written.
$(installed): $(made) requirements.lock pyproject.toml
	@echo "Installing requirements.lock"
	@$(pip) install --require-hashes -r requirements.lock
	@$(pip) install --no-deps --no-build-isolation --editable .
	@touch $@

$(installed_dev): $(made) requirements-dev.lock pyproject.toml
	@echo "Installing requirements-dev.lock"
	@$(pip) install --require-hashes -r requirements-dev.lock
	@$(pip) install --no-deps --no-build-isolation --editable .
	@touch $@ $(installed)


# --- use --------------------------------------------------------------------------------------------------

.PHONY: portal
portal: $(installed)
	$(python) -m twofold build

.PHONY: serve
serve: $(installed)
	$(python) -m twofold serve

.PHONY: test
test: $(installed_dev)
	@for name in chromium chromium-browser google-chrome google-chrome-stable \
	    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
	    "/Applications/Chromium.app/Contents/MacOS/Chromium"; do \
	    command -v "$$name" >/dev/null 2>&1 && exit 0; done; \
	    echo "No Chromium found: the browser tests will fail." >&2; \
	    echo "Debian: apt-get install chromium fonts-liberation. macOS: brew install --cask chromium." >&2; \
	    echo "Without them: make test TESTS='-m \"not browser\"'" >&2
	$(python) -m pytest -n $(JOBS) $(TESTS)

.PHONY: lint
lint: $(installed_dev)
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) -m mypy
	$(VENV)/bin/lint-imports --no-cache

.PHONY: format
format: $(installed_dev)
	$(python) -m ruff check --fix .
	$(python) -m ruff format .

.PHONY: check
check: lint test

# The documentation is a site of its own, apart from the portals in site/.
.PHONY: docs
docs: $(installed)
	$(python) -m mkdocs build --strict --config-file mkdocs.docs.yml --site-dir build/docs

# The wheel must work without the checkout: the command answers, and the theme's templates came along.
.PHONY: wheel
wheel: $(installed_dev)
	rm -rf dist build/wheel
	$(python) -m build --no-isolation --outdir dist
	$(python) -m venv build/wheel
	build/wheel/bin/python -m pip install --quiet --require-hashes -r requirements.lock
	build/wheel/bin/python -m pip install --quiet --no-deps dist/*.whl
	cd build && wheel/bin/python -I -m twofold --help >/dev/null
	cd build && wheel/bin/python -I -c 'from importlib.resources import files; \
	    assert (files("twofold") / "overrides").is_dir(), "the wheel lacks twofold/overrides"'
	rm -rf build/empty && mkdir -p build/empty/content/roadmap
	printf 'site_name: Empty\ndocs_dir: content\ntheme: material\nplugins: [search, twofold]\n' >build/empty/mkdocs.yml
	printf 'title: First\nstatus: idea\n' >build/empty/content/roadmap/first.yml
	cd build/empty && ../wheel/bin/python -I -m twofold check
	cd build/empty && ../wheel/bin/python -I -m twofold build --audience internal
	cd build/empty && ../wheel/bin/mkdocs build --quiet
	test -f build/empty/site-internal/roadmap/first/index.html
	test -f build/empty/site-internal/assets/stylesheets/portal.css

# Messages about Material's own shell are known, each with its reason: tests/html/baseline.toml.
checker := build/vnu/node_modules/vnu-jar/build/dist/vnu.jar

$(checker): tests/html/package.json tests/html/package-lock.json tests/html/.npmrc
	@for name in java npm; do command -v $$name >/dev/null 2>&1 || { \
	    echo "The Nu HTML checker wants $$name. Debian: apt-get install default-jre-headless npm" >&2; \
	    exit 1; }; done
	@echo "Installing the Nu HTML checker into build/vnu"
	@mkdir -p build/vnu
	@cp $^ build/vnu/
	@cd build/vnu && npm ci --ignore-scripts --loglevel=error
	@touch $@

.PHONY: html
html: $(installed_dev) $(checker)
	$(python) -m twofold build --today 2026-11-23
	$(python) -m tests.html $(checker)

.PHONY: pictures
pictures: $(installed_dev)
	$(python) -m twofold build --today 2026-11-23
	$(python) -m tests.browser.pictures

.PHONY: bench
bench: $(installed_dev)
	$(python) -m tests.bench $(BENCH)

# Both files hold for every platform and for Python 3.11 and newer. The second keeps the first's versions.
.PHONY: lock
lock: $(installed_dev)
	$(uv) pip compile --quiet $(locking) --group build --output-file requirements.lock pyproject.toml
	$(uv) pip compile --quiet $(locking) --group dev --constraints requirements.lock \
	    --output-file requirements-dev.lock pyproject.toml

locking = --universal --python-version 3.11 --generate-hashes --no-annotate \
    --custom-compile-command "make lock" $(LOCK)

.PHONY: clean
clean:
	rm -rf site site-internal build dist .twofold .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find generator tests -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: distclean
distclean: clean
	rm -rf "$(VENV)"
