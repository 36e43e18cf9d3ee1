#!/bin/sh
# Writes requirements/*.txt from pyproject.toml, for every platform and every Python allowed, with hashes.
#
#   sh tools/lock.sh              keeps the versions already noted
#   sh tools/lock.sh --upgrade    takes the newest
#
# No address enters them: everybody takes these packages where their machine takes them.
set -eu
cd "$(dirname "$0")/.."

compile() {
    output=requirements/$1.txt
    shift
    .venv/bin/python -m uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-annotate --no-header --output-file "$output" "$@"
}

compile bootstrap requirements/bootstrap.in "$@"
compile check pyproject.toml --extra server --extra postgres --group check "$@"

# The other lists are parts of the longest: the same versions everywhere.
compile run pyproject.toml --constraints requirements/check.txt
compile server pyproject.toml --extra server --extra postgres --constraints requirements/check.txt
compile dev pyproject.toml --extra postgres --group dev --constraints requirements/check.txt
