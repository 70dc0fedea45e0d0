# One command for each thing that people do here; works with GNU make 3.81 on Debian and macOS.
.DEFAULT_GOAL := help
.PHONY: help demo test check bench fixture screenshots bench-scores bench-admin bench-api

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

demo: ## Set up everything, load the worked example and serve it (PORT=8123 moves it)
	@.ci/environment && exec .venv/bin/python manage.py demo

test: ## Run every test but the long ones, the database's rules on the oldest PostgreSQL too
	@.ci/environment dev && exec .ci/test

check: ## Read the code: style, types, layers, migrations, settings; go the long ways
	@.ci/environment dev && exec .ci/check

bench: ## Measure against PostgreSQL without a framework
	@.ci/environment && exec .venv/bin/python manage.py bench

fixture: ## Play the coded example through the API and write its fixture again
	@.ci/environment dev && exec .venv/bin/python -m tests.aleppo

screenshots: ## Take the README's pictures from the running demo
	@.ci/environment dev && exec .venv/bin/python -m tests.screenshots

bench-scores: ## Measure scores over invented claims (SIZES="10000 1000000" sets how many)
	@.ci/environment && exec .venv/bin/python manage.py bench_scores $(SIZES)

bench-admin: ## Measure pages of the workbench over invented claims (SIZES="10000 1000000")
	@.ci/environment && exec .venv/bin/python manage.py bench_admin $(SIZES)

bench-api: ## Measure the API over HTTP over invented claims (SIZES="10000 1000000" sets how many)
	@.ci/environment && exec .venv/bin/python manage.py bench_api $(SIZES)
