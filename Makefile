# Everything sets itself up in .venv: only Python 3.11 or newer and git are needed. One test wants kcat,
# and fetches it for itself where there is apt-get.
# Another Python: make test PYTHON=/path/to/python3.12

BIN      := .venv/bin
PYTHONS   = $(or $(PYTHON),python3.11 python3 python3.12 python3.13 python3.14 python)
PIP       = $(BIN)/python -m pip install --quiet --disable-pip-version-check
PACKAGES  = $(wildcard domain projections schemas services)
PART      = 8
ON_EITHER = $(addprefix tests/,acceptance bodies cli figures importing policies replay rules views)

# What the caller's shell sets for another Python has no say in ours.
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV PYTHONDONTWRITEBYTECODE

.PHONY: run test test-quick test-servers soak bench rules mutation clean

# A throw-away register of both councils, and a guided look at it.
run: .venv/ready-to-run
	@$(BIN)/casebook demo

# Everything: style, types, who imports whom, then every test; at last, of those that ask for a
# register, one of $(PART) with it on servers.
test: .venv/ready-to-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict $(PACKAGES)
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder
	@$(MAKE) --no-print-directory test-servers PART=$(PART)

# The tests of commands and views with each register on PostgreSQL, its views by way of Kafka.
test-servers: PART = 1
test-servers: .venv/ready-to-test
	CASEBOOK_TEST_REGISTER=servers CASEBOOK_TEST_PART=$(PART) \
	  $(BIN)/python -m pytest -q -n 2 $(ON_EITHER)

# The tests alone, without the slow ones.
test-quick: .venv/ready-to-test
	@echo "Left out: ruff, mypy, import-linter, and the tests marked slow (processes, kills, a year of casework)."
	$(BIN)/python -m pytest -q -m "not slow"

# Poison in the log, then everything killed at random while people work: make soak KILLS=1000 SEED=1 MINUTES=60
soak: .venv/ready-to-test
	$(BIN)/python -m tests.soak.poisoned
	$(BIN)/python -m tests.soak --kills $(or $(KILLS),1000) --seed $(or $(SEED),2026) $(if $(MINUTES),--minutes $(MINUTES))

# Speed, as ratios within one run: a table and JSON.
bench: .venv/ready-to-test
	$(BIN)/python -m bench

# Which tests prove which rule, and which rules are not proved yet.
rules: .venv/made
	@$(BIN)/python -m tests.rules_proved

# Breaks each rule in a copy and sees its own tests fail; writes docs/rules-proved.md. Minutes.
mutation: .venv/ready-to-test
	$(BIN)/python -m tests.mutation

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/ready-to-run: pyproject.toml .venv/made
	$(PIP) --editable .
	@touch $@

.venv/ready-to-test: pyproject.toml .venv/made
	$(PIP) --editable '.[dev,production,services]'
	@touch $@ .venv/ready-to-run

.venv/made:
	@old=; for python in $(PYTHONS); do \
	  $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
	  old=$$python; \
	  $$python -c 'import venv, ensurepip' >/dev/null 2>&1 || continue; \
	  $$python -m venv --clear .venv && touch $@ && exit 0; \
	  echo "$$python could not make a virtual environment in .venv; the message above says why." >&2; exit 1; \
	done; \
	if [ -n "$$old" ]; then \
	  echo "$$old has no ensurepip, so it can make no virtual environment: install it (Debian and Ubuntu: python3-venv), or name another with make PYTHON=/path/to/python3.11" >&2; \
	else \
	  echo "Casebook needs Python 3.11 or newer and found none as: $(PYTHONS); install it, or name it with make PYTHON=/path/to/python3.11" >&2; \
	fi; exit 1
