# Everything a developer or an operator runs. Settings: README.
SHELL := /bin/bash
# Some machines switch Python's compiled files off; starting would take a minute each time.
unexport PYTHONDONTWRITEBYTECODE
PYTHON ?= $(shell command -v python3.11 || command -v python3)

.PHONY: run setup test setup-test setup-train lint unit lock benchmark benchmark-unseen setup-benchmark benchmark-retrieval benchmark-readers

run: setup ## Set everything up and serve the bot
	@exec .venv/bin/advice serve

setup: ## Make both environments
	@$(PYTHON) web/server/environments.py

setup-test: ## Make both environments, with what the tests need, and find a browser
	@$(PYTHON) web/server/environments.py --test
	@.venv/bin/python -m tests.browsers
	@.venv/bin/python -m tests.services

setup-train: ## Make both environments, with what training needs
	@$(PYTHON) web/server/environments.py --train

test: setup-test lint ## Set everything up and run every test
	.venv/bin/python -m pytest

unit: ## Run the tests that need no server and no browser
	.venv/bin/python -m pytest -m "not servers and not browser"

lint: ## Check style and types
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

lock: ## Write the exact versions of everything that is installed
	@bash requirements/lock.sh

benchmark: setup-test ## Latency, start-up, memory, ingestion; publishing, the pages of staff, impact, pinned answers; the widget's bytes
	.venv/bin/python -m benchmarks.chat
	.venv/bin/python -m benchmarks.search
	.venv/bin/python -m benchmarks.adviser_search
	.venv/bin/python -m benchmarks.adviser_calls
	.venv/bin/python -m benchmarks.publish
	.venv/bin/python -m benchmarks.staff_pages
	.venv/bin/python -m benchmarks.desk
	.venv/bin/python -m benchmarks.impact
	.venv/bin/python -m benchmarks.pinned
	.venv/bin/python -m benchmarks.widget_bytes

benchmark-unseen: setup-benchmark ## Judgement on guidance nobody trained on: make benchmark-unseen DATA=folder
	.venv-peers/bin/python -m benchmarks.unseen --data $(DATA)

setup-benchmark: setup-test
	@$(PYTHON) web/server/environments.py --benchmark

benchmark-retrieval: setup-benchmark ## Search quality beside peers: make benchmark-retrieval DATA=folder
	.venv-peers/bin/python -m benchmarks.retrieval --data $(DATA)

benchmark-readers: setup-benchmark ## Readers beside peers: make benchmark-readers DATA=folder
	.venv/bin/python -m benchmarks.readers --data $(DATA)
	.venv-peers/bin/python -m benchmarks.readers --data $(DATA) --peer trafilatura
	.venv-peers/bin/python -m benchmarks.readers --data $(DATA) --peer markitdown
