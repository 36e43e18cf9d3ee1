# `make` alone says what can be done.

# Another Python: make run PYTHON=python3.12. More options: make run ARGS="--port 8001".
PYTHON ?= python3
ARGS ?=
# Tests wait as much as they work, for servers, networks and browsers: two files at a time a core of a small machine.
JOBS ?= 4
# Certificates of the system for npm too: a proxy that inspects TLS signs with an authority of its own.
NODE_USE_SYSTEM_CA ?= 1
export PYTHON NODE_USE_SYSTEM_CA

python := .venv/bin/python
pytest = $(python) -m pytest -m "" -n $(JOBS)
# What compares a room under attack, or a measure, with one at peace: no more at a time than there are cores.
measured = $(python) -m pytest -m "" -n 2
# Node.js is the one in .venv.
node := PATH="$(CURDIR)/.venv/bin:$$PATH"

.DEFAULT_GOAL := help
.PHONY: help install install-server run test test-apart test-accessibility test-attacks test-bench test-cluster test-deploy test-documents test-engines test-faults test-outages test-package test-recipe test-sizes faults attacks bench check lint types docs gauge demo package release screenshots lock python-run python-server python-dev python-check system-run system-test system-cluster system-engines

help: ## Dit ce qu'on peut faire
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: python-run ## Installe ce qu'il faut pour animer, sans rien lancer
	@sh tools/system-packages.sh run --retry

install-server: python-server ## La même chose pour un serveur permanent, avec gunicorn (deploy/README.md)
	@sh tools/system-packages.sh run --retry

run: python-run system-run ## Installe au besoin, lance l'Atelier, dit et ouvre ses adresses
	@$(python) -m atelier serve $(ARGS)

demo: python-run system-run ## Répète un atelier entier avec des participants simulés
	@$(python) -m atelier demo $(ARGS)

test: python-dev system-test ## Installe au besoin, navigateur compris, et lance les tests (sauf ceux de test-apart)
	@$(node) node --test --test-reporter=dot "tests/js/**/*.test.mjs"
	@rm -rf build/pages
	@$(pytest) $(ARGS)

# What is apart (norecursedirs in pyproject.toml): a folder, a target, a line in test-apart.
test-apart: test-accessibility test-attacks test-bench test-cluster test-deploy test-documents test-engines test-faults test-outages test-package test-recipe test-sizes ## Les tests à part, tous

test-accessibility: python-dev system-test ## Clavier, annonces, contrastes, mots et structure des pages
	@$(pytest) tests/accessibility $(ARGS)

test-attacks: python-dev system-test ## Peu de clients hostiles (`make attacks` : tous)
	@$(measured) tests/attacks $(ARGS)

test-bench: python-dev system-test ## Les mesures savent mesurer
	@$(measured) tests/bench $(ARGS)

test-cluster: python-dev system-cluster ## Plusieurs nœuds sur un vrai PostgreSQL
	@$(measured) tests/cluster $(ARGS)

test-deploy: python-dev system-test ## L’installation et nginx
	@$(pytest) tests/deploy $(ARGS)

test-documents: python-dev system-test ## Les PDF, tels qu’ils s’impriment
	@$(pytest) tests/documents $(ARGS)

test-engines: python-check system-test system-engines tests/engines/node_modules/.a-jour ## Chromium 80 et 92, Firefox ESR, WebKitGTK (docs/browsers.md)
	@$(pytest) tests/engines $(ARGS)

test-faults: python-dev system-test ## Peu de pannes (`make faults` : toutes)
	@$(measured) tests/faults $(ARGS)

test-outages: python-dev system-test ## Ce qu’une salle vit quand le réseau ou le serveur manquent
	@$(pytest) tests/outages $(ARGS)

test-package: python-dev system-test ## Le paquet, dans un environnement neuf
	@$(pytest) tests/package $(ARGS)

test-recipe: python-dev ## La recette de CONTRIBUTING.md, pas à pas
	@$(pytest) tests/recipe $(ARGS)

test-sizes: python-dev system-test ## L’écran et les textes à leurs limites, dans toutes les tailles
	@$(pytest) tests/sizes $(ARGS)

faults: python-dev system-test ## Provoque les pannes au complet : 200 arrêts brutaux, 1000 fichiers abîmés, 5000 salles…
	@ATELIER_TEST_KILLS=200 ATELIER_TEST_CORRUPTIONS=1000 ATELIER_TEST_PAUSE_S=30 ATELIER_TEST_ROOMS=5000 $(python) -m pytest -m "" -s -o faulthandler_timeout=1800 tests/faults $(ARGS)

attacks: python-dev ## Lâche des clients hostiles de huit sortes sur un serveur, et mesure ce que la salle en sent
	@ATELIER_TEST_ATTACKS=50 $(python) -m pytest -m "" tests/attacks $(ARGS)
	@$(python) -m tests.attacks

bench: python-dev system-test ## Mesure les performances (15 min) et écrit docs/performance.md (ARGS=--quick : un essai)
	@$(python) -m bench $(ARGS)

check: lint types docs gauge ## Vérifie l'écriture, les types et la documentation

lint: python-check node_modules/.a-jour
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) -m tests.recipe
	$(python) -m djlint --quiet --lint atelier/templates
	$(node) node_modules/.bin/biome check --error-on-warnings .
	$(node) node tools/old-browsers.mjs
	@# Pages as the tests received them (`make test` puts them there).
	@if [ -d build/pages ]; then $(node) node_modules/.bin/html-validate build/pages; fi

types: python-check
	$(python) -m mypy

docs: python-check
	$(python) -m tools.check_docs
	$(python) -m tools.plain_french

gauge: python-check ## Mesure le code : longueurs, flèches, commentaires, ce qui ne sert plus (docs/gauge.md)
	@$(python) -m tools.gauge $(ARGS)

package: python-dev system-test ## Fabrique le paquet et l'archive dans dist/, et les essaie dans un environnement neuf
	@$(python) -m tools.package
	@$(python) -m pytest -m "" tests/package $(ARGS)

release: python-dev ## Fabrique aussi les archives pour Windows et macOS dans dist/ (avec l’Internet)
	@$(python) -m tools.release

screenshots: python-dev system-test ## Refait les captures d'écran de la documentation
	@$(python) -m tools.screenshots $(ARGS)

lock: python-check ## Note à nouveau les versions (ARGS=--upgrade prend les plus récentes)
	@sh tools/lock.sh $(ARGS)
	@$(node) npm install --package-lock-only

python-run:
	@sh tools/install.sh run

python-server:
	@sh tools/install.sh server

python-dev:
	@sh tools/install.sh dev

python-check:
	@sh tools/install.sh check

# After Python: the script notes in .venv what could not be installed.
system-run: python-run
	@sh tools/system-packages.sh run

system-test: python-dev
	@sh tools/system-packages.sh test

system-cluster: python-dev
	@sh tools/system-packages.sh cluster

system-engines: python-dev
	@sh tools/system-packages.sh engines

node_modules/.a-jour: package.json package-lock.json | python-check
	$(node) npm ci
	@touch $@

# Two old builds of Chromium, inside npm packages (90 MB).
tests/engines/node_modules/.a-jour: tests/engines/package.json tests/engines/package-lock.json | python-check
	$(node) npm ci --prefix tests/engines --ignore-scripts --legacy-peer-deps --no-audit --no-fund
	@touch $@
