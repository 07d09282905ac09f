# Thin targets: each is one command of bootstrap.py, which does the same without make (Windows).
PYTHON ?= python3
ARGS ?=

.PHONY: setup demo test faults bench format

setup demo test faults bench:
	$(PYTHON) bootstrap.py $@ $(ARGS)

format: setup
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
