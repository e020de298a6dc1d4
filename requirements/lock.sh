#!/usr/bin/env bash
# Writes the exact versions of everything that is installed. Names no registry.
set -euo pipefail
cd "$(dirname "$0")/.."
uv=$(command -v uv || echo .venv-uv/bin/uv)
export UV_FIND_LINKS=${UV_FIND_LINKS:-${PIP_FIND_LINKS:-}}
[ -n "$UV_FIND_LINKS" ] || { unset UV_FIND_LINKS; set -- --torch-backend cpu; }
compile() { "$uv" pip compile -q --no-header --no-annotate "$@"; }
# A pin of the plain torch would be kept, and with it gigabytes of CUDA: choose the build anew.
sed -i.bak '/^torch==/d' requirements/*.txt
compile --python-version 3.11 pyproject.toml -o requirements/app.txt "$@"
compile --python-version 3.11 pyproject.toml --extra test -c requirements/app.txt -o requirements/test.txt "$@"
compile --python-version 3.11 pyproject.toml --extra benchmark -o requirements/benchmark.txt "$@"
compile --python-version 3.10 requirements/bot.in -o requirements/bot.txt
# The CPU build's own name exists on Linux only; the plain one is right everywhere.
sed -i.bak 's/^torch==\([0-9.]*\)+cpu$/torch==\1/' requirements/*.txt
rm -f requirements/*.bak
