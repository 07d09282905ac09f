# Thin targets: each is one command of bootstrap.py, which does the same without make (Windows).
PYTHON ?= python3
ARGS ?=

.PHONY: setup demo test faults fresh bench format

setup demo test faults fresh bench:
	$(PYTHON) bootstrap.py $@ $(ARGS)

format: setup
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
