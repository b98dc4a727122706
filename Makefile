# Short names for what the README spells out. Windows users type the README's commands instead.
PYTHON ?= python3

.PHONY: example test long bench check pictures golden clean

example: .venv/made
	.venv/bin/workbook-builder build templates/haringey

test: .venv/made
	.venv/bin/python -m pytest --cov

long: .venv/made
	.venv/bin/python -m pytest --long

bench: .venv/made
	.venv/bin/python -m tests.benchmarks.lists --rows 1000000

check: .venv/made
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy

pictures: example
	.venv/bin/python -m tests.oracles.pictures "output/haringey/Scorecard 2014-02.xlsx" output/pictures

golden: .venv/made
	.venv/bin/python -m pytest tests/golden --update-golden

.venv/made: pyproject.toml
	$(PYTHON) -m venv .venv
	.venv/bin/pip install -q -e '.[test]'
	touch $@

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .coverage
