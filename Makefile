# Everything runs in .venv, made by the first command that needs it, from the versions in constraints.txt.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

SUITES := demo world
MEASURED := .onrecord-evals

.PHONY: demo test suites baselines lock clean $(SUITES:%=suite-%)

# Set up, take the demo archive in, and ask it.
demo: $(VENV)/demo.stamp
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh evals/data/demo/demo.sh

# Set up, then every check there is: style, types, layers, tests with coverage, evaluation against the baselines.
test: $(VENV)/test.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report
	@$(MAKE) --no-print-directory --keep-going suites

# Ask our own evaluation sets, and compare with what was answered before: red on a regression. Other processors compute
# the encoder a little differently: the same weights in fp32 flip three answers of 164, which is up to .037 of a measure.
suites: $(SUITES:%=suite-%)

$(SUITES:%=suite-%): suite-%: $(VENV)/test.stamp
	@QA_DATA_DIR=$(MEASURED) $(BIN)/evals run evals/data/$* --mode extractive --out $(MEASURED)/$*.json >$(MEASURED)-$*.log 2>&1 \
	  || { cat $(MEASURED)-$*.log; exit 1; }
	@rm -f $(MEASURED)-$*.log
	@COLUMNS=120 $(BIN)/evals compare --margin 0.05 evals/baselines/$*.json $(MEASURED)/$*.json

# Keep what is answered now as what later runs are compared with; say in the commit why it may change.
baselines: $(VENV)/test.stamp
	@for set in $(SUITES); do \
	  QA_DATA_DIR=$(MEASURED) $(BIN)/evals run evals/data/$$set --mode extractive --out evals/baselines/$$set.json || exit 1; \
	done

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/demo.stamp: $(VENV)/bin/python pyproject.toml constraints.txt
	$(PIP) -e .
	touch $@

$(VENV)/test.stamp: $(VENV)/bin/python pyproject.toml constraints.txt
	$(PIP) -e '.[dev]'
	touch $@

# Write down the versions in .venv, after trying newer ones.
lock: $(VENV)/test.stamp
	$(BIN)/python -m pip freeze --exclude-editable > constraints.txt

clean:
	rm -rf $(VENV) .onrecord-demo $(MEASURED) $(MEASURED)-*.log
