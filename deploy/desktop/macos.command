#!/bin/sh
# Install l'Atelier in the user's own folder the first time, then start it. No administrator's right is asked for.
set -eu
cd "$(dirname "$0")/programme"
version=$(cat version.txt)
home="${ATELIER_HOME:-$HOME/Library/Application Support/atelier}/programme"
export UV_PYTHON_INSTALL_DIR="$home/python" UV_CACHE_DIR="$home/cache"
export UV_LINK_MODE=copy UV_NO_CONFIG=1 UV_SYSTEM_CERTS=1
export UV_PYTHON_PREFERENCE="${UV_PYTHON_PREFERENCE:-only-managed}"

failed() {
    echo
    echo "L’installation n’a pas abouti ; ce qui précède dit pourquoi."
    echo "Sans Internet, ou derrière un proxy qui le refuse, elle ne peut pas se faire : essayez depuis un autre réseau,"
    echo "un partage de connexion par exemple. Ensuite l’Atelier se passe d’Internet."
    exit 1
}

if [ ! -f "$home/$version/pret.txt" ]; then
    echo "Installation de l’Atelier $version : deux minutes, une seule fois, avec l’Internet…"
    uv="./uv-$(uname -m)"
    # What a browser fetched is held back until its owner allows it; they did, by opening this file.
    xattr -d com.apple.quarantine "$uv" 2>/dev/null || true
    chmod +x "$uv"
    mkdir -p "$home"
    "$uv" venv --quiet --clear --python "${ATELIER_PYTHON:-3.12}" "$home/$version" || failed
    "$uv" pip sync --quiet --compile-bytecode --only-binary :all: --require-hashes --python "$home/$version" run.txt || failed
    "$uv" pip install --quiet --offline --no-deps --python "$home/$version" atelier-*.whl || failed
    echo "$version" >"$home/$version/pret.txt"
fi

echo "Pour arrêter l’Atelier : Ctrl + C dans cette fenêtre, ou fermez-la."
exec "$home/$version/bin/atelier" serve --open "$@"
