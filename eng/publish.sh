#!/usr/bin/env bash
# Publishes the server as one native executable: eng/publish.sh [FOLDER, artifacts/publish unless given].
# Does nothing where the executable is newer than every source.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
folder=${1:-artifacts/publish}

if [ -x "$folder/tracira" ] && [ -z "$(find src Directory.*.props global.json -newer "$folder/tracira" -type f -not -path '*/bin/*' -not -path '*/obj/*' -not -path '*/node_modules/*' -not -name schema.d.ts -print -quit)" ]; then
  exit 0
fi

# Native linking needs a C compiler and zlib.
if ! command -v clang >/dev/null && ! command -v gcc >/dev/null || ! echo '#include <zlib.h>' | cc -E - >/dev/null 2>&1; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && apt-get install -y -qq gcc libc6-dev zlib1g-dev >/dev/null
  else
    echo "Publishing needs a C compiler and zlib's headers: apt-get install gcc libc6-dev zlib1g-dev" >&2
    exit 1
  fi
fi

compiler=clang
command -v clang >/dev/null || compiler=gcc
log=$(mktemp)
if ! dotnet publish src/Tracira.Server -c Release --use-current-runtime -o "$folder" -p:CppCompilerAndLinker="$compiler" \
  -nologo -v quiet -clp:NoSummary >"$log" 2>&1 || grep -qE 'warning (IL|AOT)' "$log"; then
  cat "$log" >&2
  exit 1
fi
rm -f "$log" "$folder"/*.dbg "$folder"/*.pdb
echo "$folder/tracira $(du -h "$folder/tracira" | cut -f1)"
