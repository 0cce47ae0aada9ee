#!/usr/bin/env bash
# POST /api/logs over loopback, beside a bare Kestrel that only reads and answers the same JSON: eng/bench-http.sh [ROUNDS 3] [SECONDS 8] [CONNECTIONS 256].
# The sides take turns; the medians are compared. Data goes to a temporary folder on disk.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
rounds=${1:-3} seconds=${2:-8} connections=${3:-256}
if ! command -v wrk >/dev/null; then
  [ "$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq wrk >/dev/null || { echo "This needs wrk: apt-get install wrk" >&2; exit 1; }
fi
bash eng/publish.sh
compiler=clang
command -v clang >/dev/null || compiler=gcc
[ artifacts/http-anchor/http-anchor -nt benchmarks/Tracira.HttpAnchor/Program.cs ] || dotnet publish benchmarks/Tracira.HttpAnchor -c Release --use-current-runtime -o artifacts/http-anchor \
  -p:CppCompilerAndLinker="$compiler" -nologo -v quiet
export TOKEN=wh-0123456789abcdef0123456789abcdef
work=$(mktemp -d -p "${TMPDIR:-/var/tmp}")
server=
trap '[ -n "$server" ] && kill "$server" 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT

wait_for() { for _ in $(seq 100); do curl -s -o "$work/wait" "$1" && return; sleep 0.05; done; echo "The server at $1 did not start." >&2; exit 1; }

measure() { # name sync port
  SYNC=$2 wrk -t1 -c"$connections" -d"${seconds}s" --latency -s benchmarks/Tracira.HttpAnchor/post.lua "http://127.0.0.1:$3" >"$work/wrk"
  if grep -q 'Non-2xx' "$work/wrk"; then cat "$work/wrk" >&2; exit 1; fi
  echo "$(awk '/Requests\/sec/ {print $2}' "$work/wrk") $(awk '$1=="50%" {print $2}' "$work/wrk") $(awk '$1=="99%" {print $2}' "$work/wrk")" >>"$work/$1"
}

start_tracira() { # rules
  rm -rf "$work/data"
  TRACIRA_WEBHOOK_TOKEN=$TOKEN TRACIRA_RATELIMIT__LOGSPERMINUTE=0 artifacts/publish/tracira serve --data "$work/data" --urls http://127.0.0.1:5091 >"$work/log" 2>&1 &
  server=$!
  wait_for http://127.0.0.1:5091/readyz
  for i in $(seq "$1"); do
    case $((i % 5)) in
      0) rule='"type":"keyword_forbidden","value":"discount '$i', refund '$i', lawsuit '$i'"' ;;
      1) rule='"type":"regex_match","value":"{\"pattern\":\"secret-'$i'-[0-9]+\",\"expect\":\"no_match\"}"' ;;
      2) rule='"type":"length_limit","value":"1-5000 words"' ;;
      3) rule='"type":"confidence_threshold","value":"0.5"' ;;
      4) rule='"type":"keyword_required","value":"parcel"' ;;
    esac
    curl -sf -o "$work/wait" -X POST http://127.0.0.1:5091/api/rules -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d "{\"name\":\"Rule $i\",$rule}"
  done
}

stop() { kill "$server"; wait "$server" 2>/dev/null || true; server=; }

for _ in $(seq "$rounds"); do
  artifacts/http-anchor/http-anchor http://127.0.0.1:5090 >"$work/log" 2>&1 &
  server=$!
  sleep 0.5
  measure anchor false 5090
  measure anchor-sync true 5090
  stop
  start_tracira 0
  measure async false 5091
  stop
  start_tracira 20
  measure sync-20-rules true 5091
  stop
done

median() { sort -g "$work/$1" | sed -n "$(((rounds + 1) / 2))p"; }
printf '%-16s %12s %10s %10s %8s\n' "" "requests/s" p50 p99 ratio
for side in anchor async anchor-sync sync-20-rules; do
  read -r rate p50 p99 <<<"$(median "$side")"
  case $side in anchor*) anchor=$rate ;; esac
  printf '%-16s %12s %10s %10s %8s\n' "$side" "$rate" "$p50" "$p99" "$(awk -v a="$rate" -v b="$anchor" 'BEGIN {printf "%.2f", a / b}')"
done
