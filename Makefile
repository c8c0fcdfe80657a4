# Everything that one does with this repository. `make` alone lists it.

ADDRESS ?= 127.0.0.1:8080
POOLEDFUND_DATABASE ?= sqlite:var/pooledfund.sqlite
PICTURES ?= .build-tools/screenshots

RELEASE := .build/release/pooledfund
PYTHON := .build-tools/venv/bin/python
# Folders too: one that is newer than the program has gained or lost a file.
SOURCES := Package.swift $(shell find Sources)
FUNDS := $(patsubst %/terms.yaml,%,$(wildcard Funds/*/terms.yaml))

.DEFAULT_GOAL := help
.PHONY: help run test soak check bench screenshots clean build-packages test-tools check-packages bench-packages

help: ## list what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# By the environment, not on the command line: `ps` shows that one to everybody, and the address may hold a password.
run: export POOLEDFUND_DATABASE := $(POOLEDFUND_DATABASE)
run: $(RELEASE) ## install what is missing, build, and serve every fund of Funds/ at http://127.0.0.1:8080 (ADDRESS=host:port for another)
	@mkdir -p var
	@exec $(RELEASE) serve --demo $(FUNDS:%=--fund %) --address '$(ADDRESS)'

test: test-tools ## install what is missing and pass every test: Swift, and Chromium against the program
	@exec $(PYTHON) Scripts/run-tests.py

soak: test-tools ## pass the tests of faults at length: 500 kills of each kind of writer on each engine (POOLEDFUND_SOAK_KILLS=N for others)
	swift build --build-tests
	@exec env POOLEDFUND_SOAK_KILLS='$(or $(POOLEDFUND_SOAK_KILLS),500)' $(PYTHON) -m pytest --quiet --capture=no Tests/Operations

check: check-packages ## format and lint: Swift strictly, the shell scripts; no warning in a build of our own modules; and a build without PostgreSQL
	swift format lint --strict --parallel --recursive Sources Tests Package.swift
	shellcheck Scripts/*.sh .ci/run
	@Scripts/check-warnings.sh
	@Scripts/check-sqlite-only.sh

bench: $(RELEASE) bench-packages ## requests, sign-ins, the door, suggested slates and funds of several sizes, on both engines (it measures, it does not judge; BENCH=door for a part, BENCH=--quick)
	swift build --configuration release --product door-benchmark
	@exec python3 Benchmarks/bench.py --binary $(RELEASE) $(BENCH)

screenshots: $(RELEASE) test-tools ## pictures of the pages, wide and on a phone, light and dark, in PICTURES (.build-tools/screenshots)
	@exec $(PYTHON) Scripts/screenshots.py --binary $(RELEASE) '$(PICTURES)'

clean: ## remove what was built and the tools' files; the records in var/ stay
	rm -rf .build .build-tools

$(RELEASE): $(SOURCES) | build-packages
	swift build --configuration release --product pooledfund
	@touch $@

build-packages:
	@Scripts/install.sh build

test-tools:
	@Scripts/install.sh build test
	@Scripts/test-tools.sh

check-packages:
	@Scripts/install.sh build check

bench-packages:
	@Scripts/install.sh bench
