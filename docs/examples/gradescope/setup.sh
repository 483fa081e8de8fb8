#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the autograder's image: packages, Node, and the kit's own packages.
set -euo pipefail

base=${AUTOGRADER:-/autograder}
node_version=22.21.1

if ! command -v bwrap > /dev/null || ! command -v setpriv > /dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends bubblewrap util-linux ca-certificates curl xz-utils
fi

# The image's own Node may be too old, or missing.
if ! node -e 'const [major, minor] = process.versions.node.split(".").map(Number);
  process.exit(major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19) ? 0 : 1)' 2> /dev/null; then
  case $(uname -m) in
    x86_64) platform=linux-x64 ;;
    aarch64) platform=linux-arm64 ;;
    *) echo "There is no Node for $(uname -m) here; install Node 22 by hand." >&2; exit 1 ;;
  esac
  folder=$(mktemp -d)
  (
    cd "$folder"
    curl -fsSLO "https://nodejs.org/dist/v$node_version/node-v$node_version-$platform.tar.xz"
    curl -fsSLO "https://nodejs.org/dist/v$node_version/SHASUMS256.txt"
    sha256sum --check --ignore-missing SHASUMS256.txt
    tar -xJf "node-v$node_version-$platform.tar.xz" -C /usr/local --strip-components=1 --no-same-owner
  )
  rm -rf "$folder"
fi

cd "$base/source/kit"
[ -d node_modules ] || npm ci --omit=dev --ignore-scripts

# Nobody but the grader reads the solutions and the hidden checks.
chmod -R go-rwx "$base/source"
