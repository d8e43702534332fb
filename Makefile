# The same commands for people and CI.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
export OMP_NUM_THREADS ?= 1
export OMP_WAIT_POLICY ?= passive
export TOKENIZERS_PARALLELISM ?= false

.PHONY: run install install-dev test check eval bench bench-demos preview figures index tune locales clean

run: install
	@$(PY) -m bot

install: $(VENV)/.installed

install-dev: $(VENV)/.installed-dev

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Sinapse needs Python 3.11 or newer / precisa de Python 3.11 ou mais novo") if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv $(VENV)

# torch first and pinned: other packages then take what is there instead of the newest build.
$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check -c constraints.txt torch
	$(PY) -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(PY) -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

test: install-dev
	$(PY) -m pytest -n auto --dist worksteal --cov --cov-report=term --cov-fail-under=95

check: install-dev
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

eval: install-dev
	$(PY) -m tests.eval.run

bench: install-dev
	$(PY) -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps langchain-huggingface==1.2.3
	$(PY) -m benchmarks.run

# Each demo with three seeds, into benchmarks/demos.md; some twenty minutes. DEMOS="gan hopfield" measures some, and writes nothing.
bench-demos: install-dev
	$(PY) -m benchmarks.demos $(DEMOS)

# Pictures of typical replies on Discord, into build/preview; needs Debian's chromium. SCENES="help.pt code" draws some.
preview: install-dev
	$(PY) -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[preview]'
	$(PY) -m tests.preview $(SCENES)

# After an edit of the knowledge base: embed what is new, fit the gate, and keep both with the repository.
index: install
	$(PY) -m bot index

# After many new questions: teach the carried model what learners mean (half an hour on two cores), then `make index`.
tune: install
	$(PY) -m bot.tune

# After an edit of a figure or a formula.
figures: install-dev
	$(PY) -m knowledge.figures.render
	$(PY) -m knowledge.quiz.pictures.render

locales: install-dev
	$(VENV)/bin/pybabel --quiet compile --directory bot/locales --domain sinapse

clean:
	rm -rf $(VENV) build *.egg-info
