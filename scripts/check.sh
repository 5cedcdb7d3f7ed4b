#!/bin/sh
# `lint` or `test`: every check, the first failure stops. Tools come from .venv and app/node_modules.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
export PATH

in_app() {
    if grep -q "\"$1\":" app/package.json; then
        (cd app && npm run --silent "$1")
    fi
}

lint() {
    ruff check .
    ruff format --check .
    mypy
    lint-imports
    in_app check
}

# The suite in two halves side by side, each with a database of its own: one process would leave a core idle. The
# first half's output waits in a file, so that the two do not mix.
FIRST="baohe tests/trust tests/launch tests/money tests/races tests/sale tests/payments"

tests() {
    in_app check
    in_app test
    said=$(mktemp)
    # shellcheck disable=SC2086 - a list of folders
    BAOHE_TEST_DB=first pytest $FIRST >"$said" 2>&1 &
    first=$!
    trap 'kill "$first" 2>/dev/null || true; rm -f "$said"' EXIT
    trap 'exit 130' INT TERM
    failed=0
    # shellcheck disable=SC2046 - an option for each folder
    BAOHE_TEST_DB=second pytest tests $(printf -- '--ignore=%s ' ${FIRST#baohe}) || failed=$?
    wait "$first" || failed=$?
    cat "$said"
    return "$failed"
}

case "$1" in
    lint) lint ;;
    test) tests ;;
    *) echo "usage: check.sh lint|test" >&2; exit 2 ;;
esac
