# The two commands: `make run` and `make test`. `make help` lists the others.
# Needs Python 3.11 or newer, make and git; deploy/bootstrap.py makes the environment and says what is missing.

# A Python can be named: make run PYTHON=/opt/python3.13/bin/python3
PYTHON ?=
PORT ?=
export PORT

# Each command's environment is its own, and compiled modules are kept: the second start is quicker.
unexport PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME VIRTUAL_ENV DJANGO_SETTINGS_MODULE

PICK = for p in "$(PYTHON)" python3 python3.14 python3.13 python3.12 python3.11 python; do \
	  if [ -n "$$p" ] && "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then found=$$p; break; fi; \
	done; \
	if [ -n "$(PYTHON)" ]; then found="$(PYTHON)"; fi; \
	if [ -z "$$found" ]; then for p in python3 python; do command -v $$p >/dev/null 2>&1 && found=$$p && break; done; fi; \
	if [ -z "$$found" ]; then echo "Python 3.11 or newer is needed and no python3 was found. Install it, or name one: make PYTHON=/path/to/python3" >&2; exit 1; fi
BOOTSTRAP = found=; $(PICK); "$$found" deploy/bootstrap.py
IN = .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run test check environment environment-dev lock bench pictures clean clean-data

help:
	@echo "make run       run the product here, with its own database; Ctrl-C stops it"
	@echo "make test      set up and run the whole gate"
	@echo "make check     the gate alone, in an environment that is set up"
	@echo "make bench     measure, and write the figures to bench/"
	@echo "make pictures  take the README's pictures anew"
	@echo "make lock      pin the newest dependencies with their hashes"
	@echo "make clean     remove the environment and what tools left; data stays"
	@echo "make clean-data  remove the embedded database with everything in it"

environment:
	@$(BOOTSTRAP)

environment-dev:
	@$(BOOTSTRAP) --dev

run: environment
	@exec $(IN) -m coordination.running

test: environment-dev
	@$(MAKE) --no-print-directory check

check:
	@exec $(IN) -m tests.gate

bench: environment-dev
	@exec $(IN) -m bench

pictures: environment-dev
	@exec $(IN) -m tests.browser.pictures

lock: environment-dev
	@exec $(IN) deploy/lock.py

clean:
	@rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

clean-data: environment
	@exec $(IN) -m coordination.forgetting
