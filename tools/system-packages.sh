#!/bin/sh
# Installs, when missing, the Debian packages that are needed beside Python.
#
#   sh tools/system-packages.sh run            Pango, for the PDF export. A failure does not stop a workshop.
#   sh tools/system-packages.sh run --retry    the same, trying again what failed last time
#   sh tools/system-packages.sh test           and the browser, PDF readers and nginx of the tests. A failure stops.
#   sh tools/system-packages.sh cluster        PostgreSQL, for tests/cluster, which skips where it is not there.
#   sh tools/system-packages.sh engines        and Firefox and WebKit of tests/engines, which skip what is not there.
set -eu
cd "$(dirname "$0")/.."

need=${1:-run}
failed=.venv/.system-packages-missing
windows=.venv/.chromium-with-windows
pdf="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-color-emoji"
tests="poppler-utils libatomic1 strace nginx"
cluster="postgresql"
engines="firefox-esr webkit2gtk-driver xvfb"

say() {
    printf '%s\n' "$@" >&2
}

case $need in
    run) wanted=$pdf ;;
    test) wanted="$pdf $tests" ;;
    cluster) wanted=$cluster ;;
    engines) wanted=$engines ;;
    *) say "tools/system-packages.sh : « $need » n'est ni run, ni test, ni cluster, ni engines."; exit 1 ;;
esac
[ "${2:-}" != --retry ] || if [ -n "$lighter" ] && ! quietly apt-get install -y --no-install-recommends "$lighter"; then
    : >"$windows"
fi
rm -f "$failed"

give_up() {
    say "" "$@"
    if [ "$need" = test ]; then
        say "Les tests ne peuvent pas être lancés."
        exit 1
    fi
    if [ "$need" = cluster ]; then
        say "PostgreSQL ne sera pas essayé."
        exit 0
    fi
    if [ "$need" = engines ]; then
        say "Firefox et WebKit ne seront pas essayés."
        exit 0
    fi
    say "L'atelier peut se tenir ; seul l'export PDF demande ces paquets. « make install » réessaiera."
    mkdir -p .venv && : >"$failed"
    exit 0
}

has_browser() {
    [ -x /usr/bin/chromium-headless-shell ] || [ -x /usr/bin/chromium ] || .venv/bin/python -m tools.browser >/dev/null 2>&1
}

# Elsewhere than on a Debian: say once what is needed, and go on.
if ! command -v dpkg-query >/dev/null 2>&1 || ! command -v apt-get >/dev/null 2>&1; then
    [ ! -e "$failed" ] || [ "$need" = test ] || exit 0
    if [ "$need" = test ]; then
        command -v pdftotext >/dev/null 2>&1 || give_up "Il manque poppler (pdftotext, pdftoppm)."
        has_browser || .venv/bin/python -m playwright install chromium || give_up "Il manque un Chromium."
        exit 0
    fi
    if [ "$need" = cluster ]; then
        command -v postgres >/dev/null 2>&1 || give_up "Il manque PostgreSQL 15 ou plus récent (initdb, pg_ctl, postgres)."
        exit 0
    fi
    give_up "Pour l'export PDF, installez Pango (macOS : brew install pango ; Fedora : dnf install pango)."
fi

missing() {
    for package in "$@"; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -q '^installed' || printf '%s ' "$package"
    done
}

# shellcheck disable=SC2086 # lists of words
lacking=$(missing $wanted)
browser= lighter=
if [ "$need" = test ]; then
    if ! has_browser; then
        browser=yes
    # A Chromium with windows does as well, in half as much time again: nobody is asked for a password because of it.
    elif [ "$(id -u)" = 0 ] && [ ! -x /usr/bin/chromium-headless-shell ] && [ ! -e "$windows" ]; then
        lighter=chromium-headless-shell
    fi
fi
[ -n "$lacking$browser$lighter" ] || exit 0

if [ -e "$failed" ] && [ "$need" = run ]; then
    say "L'export PDF reste indisponible : il manque $lacking(« make install » réessaiera)."
    exit 0
fi

if [ "$(id -u)" = 0 ]; then
    as_root() { "$@"; }
elif ! command -v sudo >/dev/null 2>&1; then
    give_up "Il manque des paquets, et sudo n'est pas là pour les installer. En administrateur :" \
        "  apt-get install $lacking${browser:+chromium}"
elif [ -t 0 ]; then
    as_root() { sudo "$@"; }
else
    as_root() { sudo -n "$@"; }
fi

quietly() {
    log=$(mktemp)
    if as_root env DEBIAN_FRONTEND=noninteractive "$@" >"$log" 2>&1 </dev/null; then
        rm -f "$log"
        return 0
    fi
    tail -n 15 "$log" >&2
    rm -f "$log"
    return 1
}

known() {
    for package in "$@"; do
        apt-cache policy "$package" 2>/dev/null | grep -q '^ *Candidate: [0-9]' || return 1
    done
}

say "Paquets du système à installer : $lacking${browser:+chromium}$lighter"
[ "$(id -u)" = 0 ] || say "(sudo demandera peut-être votre mot de passe.)"
# Else the password would be asked where nothing shows.
[ "$(id -u)" = 0 ] || [ ! -t 0 ] || sudo -v || give_up "Sans les droits d'administrateur, rien n'est installé."

# On Debian, Chromium is a package; on Ubuntu it is not an ordinary one, and Playwright brings its own.
# shellcheck disable=SC2086
if ! LC_ALL=C known $lacking ${browser:+chromium} $lighter || [ ! -d /var/lib/apt/lists/partial ]; then
    quietly apt-get update || give_up "La liste des paquets n'a pas pu être lue : pas d'Internet, ou pas les droits."
fi
playwright=
if [ -n "$browser" ]; then
    # shellcheck disable=SC1091 # a file of the system
    if [ "$(. /etc/os-release && echo "${ID:-}")" != ubuntu ] && LC_ALL=C known chromium-headless-shell; then
        lacking="$lacking chromium-headless-shell"
    elif [ "$(. /etc/os-release && echo "${ID:-}")" != ubuntu ] && LC_ALL=C known chromium; then
        lacking="$lacking chromium"
    else
        playwright=yes
    fi
fi

install() {
    # shellcheck disable=SC2086
    quietly apt-get install -y --no-install-recommends $lacking
}

# An old list may name a version that is gone: read it again, once.
if [ -n "$lacking" ] && ! install && { ! quietly apt-get update || ! install; }; then
    give_up "Ces paquets n'ont pas pu être installés : $lacking"
fi
if [ -n "$playwright" ] && {
    ! as_root .venv/bin/python -m playwright install-deps chromium >&2 \
        || ! .venv/bin/python -m playwright install chromium >&2
}; then
    give_up "Le navigateur des tests n'a pas pu être installé."
fi
if [ -n "$lighter" ] && ! quietly apt-get install -y --no-install-recommends "$lighter"; then
    : >"$windows"
fi
rm -f "$failed"
