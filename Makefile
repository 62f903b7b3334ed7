VENV := .venv
READY := $(VENV)/.ready
PY := $(VENV)/bin/python
export PYTHON

.PHONY: setup demo test lint bench soak docs lock clean

setup: $(READY)  ## make .venv from the hashed lock

$(READY): requirements.lock pyproject.toml scripts/setup
	@sh scripts/setup

demo: $(READY)  ## replay a real story, from an article to scores
	@$(VENV)/bin/tidings demo --output demo

test: $(READY)  ## everything that must hold
	@$(PY) -m pytest --quiet --numprocesses 2 --dist loadscope

lint: $(READY)  ## style, types, layers
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports

bench: $(READY)  ## ratios measured in one run, a JSON line each
	@$(PY) -m tests.bench

soak: $(READY)  ## the long proofs
	@$(PY) -m pytest --quiet -m soak tests

docs: $(READY)  ## renew the pages that are made from the code
	@$(PY) -m tests.docs

lock: $(READY)  ## renew requirements.lock from pyproject.toml
	@$(PY) -m pip install --quiet uv
	@$(PY) -m uv pip compile pyproject.toml --group dev --python-version 3.12 --universal \
		--generate-hashes --no-header --no-annotate --quiet --upgrade --output-file requirements.lock

clean:  ## remove what setup and demo made
	@rm -rf $(VENV) demo .uv
