#!/bin/sh
# Récrit requirements/*.txt depuis pyproject.toml, pour toute plate-forme et tout Python admis, avec les empreintes.
#
#   sh tools/lock.sh              garde les versions déjà notées
#   sh tools/lock.sh --upgrade    prend les plus récentes
#
# Aucune adresse de dépôt n'y entre : chacun prend ces paquets où sa machine les prend.
set -eu
cd "$(dirname "$0")/.."

compile() {
    output=requirements/$1.txt
    shift
    .venv/bin/python -m uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-annotate --no-header --output-file "$output" "$@"
}

compile bootstrap requirements/bootstrap.in "$@"
compile check pyproject.toml --extra server --group check "$@"

# Les autres listes sont des parties de la plus longue : mêmes versions partout.
compile run pyproject.toml --constraints requirements/check.txt
compile server pyproject.toml --extra server --constraints requirements/check.txt
compile dev pyproject.toml --group dev --constraints requirements/check.txt
