#!/usr/bin/env bash
# Scrolls the dashboard's log list in Chromium, over a million logs, and tells how long frames take: eng/scroll-test.sh [LOGS] [DATA FOLDER].
# A folder that is given is filled where it is empty, and kept. TRACIRA_BINARY is another executable than the published one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
logs=${1:-1000000}
work=$(mktemp -d -p "${TMPDIR:-/var/tmp}")
folder=${2:-$work/data}
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$work"' EXIT
binary=${TRACIRA_BINARY:-}
if [ -z "$binary" ]; then
  bash eng/publish.sh
  binary=artifacts/publish/tracira
fi

if [ -z "$(ls "$folder" 2>/dev/null)" ]; then
  dotnet run -c Release --project benchmarks/Tracira.Benchmarks -- fill --dir "$folder" --logs "$logs"
fi
cp tests/Tracira.Server.Tests/Node/{package.json,package-lock.json,dashboard.mjs} "$work"
(cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)

export TRACIRA_ADMIN_EMAIL=ada@example.com TRACIRA_ADMIN_PASSWORD='correct horse battery'
"$binary" serve --data "$folder" --urls http://127.0.0.1:0 >"$work/log" 2>&1 &
server=$!
until address=$(grep -om1 'Listening on http://[^ ]*' "$work/log"); do
  kill -0 "$server" || { cat "$work/log" >&2; exit 1; }
  sleep 0.1
done
node "$work/dashboard.mjs" frames "{\"server\":\"${address#Listening on }\",\"email\":\"$TRACIRA_ADMIN_EMAIL\",\"password\":\"$TRACIRA_ADMIN_PASSWORD\"}"
