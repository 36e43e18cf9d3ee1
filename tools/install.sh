#!/bin/sh
# Prepares .venv: a Python of its own, and the packages of requirements/ with their hashes.
#
#   sh tools/install.sh [run|server|dev|check]
#
# run: what a workshop needs; server: and gunicorn, for a permanent server; dev: and what the tests need; check: and the
# checks.
# A level once installed stays: `make run` after `make test` undoes nothing. When nothing changed, does nothing.
set -eu
cd "$(dirname "$0")/.."

venv=.venv
stamp=$venv/.installed
python=${PYTHON:-python3}
level=${1:-run}

refuse() {
    printf '\n%s\n' "$@" >&2
    exit 1
}

rank() {
    case $1 in run) echo 1 ;; server) echo 2 ;; dev) echo 3 ;; check) echo 4 ;; *) echo 0 ;; esac
}

[ "$(rank "$level")" -gt 0 ] || refuse "tools/install.sh : « $level » n'est ni run, ni server, ni dev, ni check."

# The level reached counts, even when the list of packages has changed since.
if [ -f "$stamp" ]; then
    before=$(sed -n 's/^level //p' "$stamp")
    [ "$(rank "$before")" -le "$(rank "$level")" ] || level=$before
fi

# Where gunicorn was put by hand, as earlier versions of deploy/README.md said, a server runs: it must find it again.
if [ "$level" = run ] && [ -x "$venv/bin/gunicorn" ]; then
    level=server
fi

wanted() {
    printf 'level %s\n' "$level"
    printf 'folder %s\n' "$(pwd -P)"
    cksum pyproject.toml requirements/bootstrap.txt "requirements/$level.txt"
}

if [ -f "$stamp" ] && [ "$(wanted)" = "$(cat "$stamp")" ] && "$venv/bin/python" -c '' 2>/dev/null; then
    exit 0
fi

# The commands in .venv/bin hold its address: in a folder that was moved or copied, make it anew.
if [ -f "$stamp" ] && [ "$(sed -n 's/^folder //p' "$stamp")" != "$(pwd -P)" ]; then
    rm -rf "$venv"
fi
rm -f "$stamp"

command -v "$python" >/dev/null 2>&1 || refuse \
    "Python manque. Sur Debian ou Ubuntu : sudo apt install python3 python3-venv make"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || refuse \
    "L'Atelier demande Python 3.11 ou plus récent ; « $python » est $("$python" --version 2>&1)." \
    "Debian 12, Ubuntu 24.04 et les suivantes conviennent. Un autre Python sur cette machine : make run PYTHON=python3.12"
"$python" -c 'import sys; sys.exit(sys.platform == "darwin" and sys.version_info < (3, 12))' || refuse \
    "Sur un Mac, l'Atelier demande Python 3.12 ou plus récent : make run PYTHON=python3.12"

if ! "$venv/bin/python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    "$python" -c 'import ensurepip, venv' 2>/dev/null || refuse \
        "Le module venv de Python manque. Sur Debian ou Ubuntu : sudo apt install python3-venv"
    echo "Préparation de l'environnement Python dans $venv…"
    rm -rf "$venv"
    "$python" -m venv "$venv"
fi

offline="Les paquets n'ont pas pu être installés ; ce qui précède dit pourquoi. La première fois, il faut l'Internet ;
ensuite l'Atelier s'en passe. « certificate » : un proxy inspecte vos connexions, et son autorité manque à cette machine
(sudo cp AUTORITE.crt /usr/local/share/ca-certificates/ && sudo update-ca-certificates)."
echo "Installation des paquets Python ($level)…"
# A proxy that inspects TLS signs with an authority that the system knows, and that uv would not look for.
UV_SYSTEM_CERTS=1
export UV_SYSTEM_CERTS
uv_pin=$(sed -n 's/^uv==\([^ ]*\).*/\1/p' requirements/bootstrap.txt)
if [ "$("$venv/bin/python" -m uv --version 2>/dev/null | cut -d ' ' -f 2)" != "$uv_pin" ]; then
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
        -r requirements/bootstrap.txt || refuse "$offline"
fi

# Copy rather than link: on another disk than its cache, uv would complain. Compiled now: otherwise the first start
# does it, and every start where Python may not write (1.2 s instead of 0.6 s).
UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
export UV_LINK_MODE UV_PYTHON_DOWNLOADS
"$venv/bin/python" -m uv pip sync --quiet --compile-bytecode --python "$venv/bin/python" --require-hashes \
    requirements/bootstrap.txt "requirements/$level.txt" || refuse "$offline"
"$venv/bin/python" -m uv pip install --quiet --python "$venv/bin/python" --offline --no-deps --no-build-isolation \
    --editable . || refuse "La commande « atelier » n'a pas pu être inscrite dans $venv."

wanted >"$stamp"
