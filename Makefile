# `make classify TEXT="..."` and `make test` install what is missing, build and run; `make help`
# lists the rest.

# A bare environment names neither the folders of system tools nor that of Swift.
export PATH := $(if $(PATH),$(PATH):)/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:$(HOME)/.local/share/swiftly/bin:/opt/swift/usr/bin

# The text as it was typed: an ordinary reference would expand a `$` in it.
export OFFRAMP_TEXT := $(value TEXT)
unexport TEXT

release := -c release
python := .build/python/bin/python
# A check of the project, as warnings are: every import is declared in Package.swift.
checks := $(if $(CI),--explicit-target-dependency-import-check error)
sources := Sources Tests Examples Package.swift
documented := -experimental-allowed-reexported-modules=OfframpEngine,OfframpExit,OfframpFiles,OfframpTensor,OfframpTokenizer
moduleMaps := $(addprefix -Xcc -fmodule-map-file=$(CURDIR)/, \
    .build/examples/release/COfframpKernels.build/module.modulemap \
    Sources/CUTF8Proc/module.modulemap)

.PHONY: help classify test build wheel test-python test-cluster examples docs format lint sanitize \
    study backbone packages swift python clean
.DEFAULT_GOAL := help

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

classify: build ## label a text: make classify TEXT="a truly wonderful film"
	@test -n "$$OFFRAMP_TEXT" || { echo 'What text? make classify TEXT="..."' >&2; exit 64; }
	@.build/release/offramp classify -- "$$OFFRAMP_TEXT"

test: packages swift ## run all tests, in release mode
	swift test $(release) $(checks)

build: packages swift ## build .build/release/offramp
	@swift build $(release) $(checks) --product offramp >&2

wheel: packages swift python ## build the Python package, dist/offramp-*.whl
	swift build $(release) $(checks) --product OfframpC
	Scripts/build-wheel $(python)

test-python: build wheel ## run the Python package's tests
	$(python) -m pip install --quiet --requirement Python/requirements-test.txt
	$(python) -m pip install --quiet --no-deps --force-reinstall dist/offramp-*.whl
	$(python) -m pytest Python/tests --ignore Python/tests/cluster

test-cluster: test-python ## run the tests on local clusters of Spark and Ray
	Scripts/install-debian-packages openjdk-17-jre-headless
	$(python) -m pip install --quiet --requirement Python/requirements-cluster.txt
	$(python) -m pytest Python/tests/cluster

examples: build ## build and run the programs in Examples/, which use the library
	swift build $(release) --package-path Examples --scratch-path .build/examples
	Examples/check .build/examples/release

# The examples' build has the library's modules. The DocC plugin is not used, as it leaves out what
# Offramp re-exports, ExitPolicy for example.
docs: examples ## build the library's documentation in .build/docs
	rm -rf .build/symbols && mkdir -p .build/symbols
	swift symbolgraph-extract -module-name Offramp -minimum-access-level public \
	    -skip-synthesized-members -I .build/examples/release/Modules $(documented) $(moduleMaps) \
	    -output-dir .build/symbols
	docc convert Sources/Offramp/Offramp.docc --additional-symbol-graph-dir .build/symbols \
	    --fallback-display-name Offramp --fallback-bundle-identifier offramp \
	    --transform-for-static-hosting --warnings-as-errors --output-path .build/docs
	@echo "To read it: python3 -m http.server --directory .build/docs, then /documentation/offramp"

format: swift ## lay out all Swift sources
	swift format --in-place --parallel --recursive $(sources)

lint: swift ## check the layout of all Swift sources
	swift format lint --strict --parallel --recursive $(sources)

# Undefined behaviour traps, as Swift's toolchain has no runtime to report it.
sanitize: packages swift ## run the kernels' tests with address and undefined-behaviour sanitizers
	swift test $(release) --disable-xctest --sanitize=address -Xcc -fsanitize=undefined \
	    -Xcc -fsanitize-trap=undefined --scratch-path .build/sanitize --filter OfframpTensorTests

study: build python backbone ## train and measure every method, hours: docs/study.md (STUDY="--tasks trec")
	$(python) -m pip install --quiet --requirement Benchmarks/study-requirements.txt
	$(python) Benchmarks/study.py --backbone backbones/all-MiniLM-L6-v2 $(STUDY)

backbone: ## fetch all-MiniLM-L6-v2 into backbones/, to train from, or MODEL=all-mpnet-base-v2
	Scripts/fetch-backbone $(MODEL)

packages: ## install the Debian packages that the build needs
	@Scripts/install-debian-packages

python:
	@Scripts/install-debian-packages python3-venv
	@test -x $(python) || python3 -m venv .build/python
	@$(python) -m pip install --quiet --disable-pip-version-check setuptools==80.9.0

swift:
	@command -v swift >/dev/null || { \
	    echo "Swift 6.2 or later is not in the PATH; https://swift.org/install has it." >&2; exit 1; }

clean: ## remove everything built
	rm -rf .build
