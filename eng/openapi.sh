#!/usr/bin/env bash
# Writes src/Tracira.Dashboard/openapi.json, from which the dashboard's types are made, as the server tells it: eng/openapi.sh
# To be run after a change of the API; ApiDescriptionTests fails until it is.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
dotnet build src/Tracira.Server -c Release -v quiet -nologo -clp:NoSummary -p:Dashboard=false # whose types may not fit yet
work=$(mktemp -d)
trap 'kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
src/Tracira.Server/bin/Release/net10.0/tracira serve --data "$work/data" --urls http://127.0.0.1:0 >"$work/log" 2>&1 &
server=$!
until address=$(grep -om1 'Listening on http://[^ ]*' "$work/log"); do
  kill -0 "$server" || { cat "$work/log" >&2; exit 1; }
  sleep 0.1
done
node - "${address#Listening on }" src/Tracira.Dashboard/openapi.json <<'JS'
const [address, file] = process.argv.slice(2);
fetch(`${address}/openapi/v1.json`).then(async answer => {
  // Where it was asked is not part of it, nor in which order parts of the server were made.
  const { servers, tags, paths, ...description } = await answer.json();
  const sorted = Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1)));
  require('node:fs').writeFileSync(file, `${JSON.stringify({ ...description, paths: sorted }, null, 2)}\n`);
});
JS
