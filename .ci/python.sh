#!/usr/bin/env bash
# Makes a Python environment of .ci/requirements.txt, or finds the one made before, and prints the folder of its
# programs: `moto_server`, `aws`, `cfn-lint`. It lies in the user's cache, one for each state of the list.
set -euo pipefail
cd "$(dirname "$0")"

cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}
state=$(cat requirements.txt <(python3 --version) | python3 -c 'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest()[:16])')
environment=$cache/mfa-deactivation-alarm-rule/python-$state

if [ ! -e "$environment/complete" ]; then
  rm -rf "$environment"
  mkdir -p "$(dirname "$environment")"
  install=(--quiet --no-compile --no-deps --disable-pip-version-check --requirement requirements.txt)
  # Some systems ship Python without what puts pip into an environment; their own pip then installs into it.
  if python3 -m venv "$environment" >&2 2>/dev/null; then
    "$environment/bin/python" -m pip install "${install[@]}" >&2
  else
    python3 -m venv --clear --without-pip "$environment" >&2
    python3 -m pip --python "$environment/bin/python" install "${install[@]}" >&2
  fi
  touch "$environment/complete"
fi
echo "$environment/bin"
