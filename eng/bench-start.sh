#!/usr/bin/env bash
# Size of the executable, time from start to the first 200 on /healthz, and memory when idle: eng/bench-start.sh [DATA FOLDER].
# Without a folder each start makes a new one. For a folder of a million logs:
#   dotnet run -c Release --project benchmarks/Tracira.Benchmarks -- fill --dir FOLDER --logs 1000000
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
bash eng/publish.sh
binary=artifacts/publish/tracira
echo "size: $(du -h "$binary" | cut -f1)"
given=${1:-}
work=$(mktemp -d -p "${TMPDIR:-/var/tmp}")
exec 9<> <(:)
trap 'rm -rf "$work"' EXIT
for round in $(seq 11); do
  folder=${given:-$work/$round}
  start=$(date +%s%N)
  TRACIRA_WEBHOOK_TOKEN=wh-0123456789abcdef0123 TRACIRA_RATELIMIT__LOGSPERMINUTE=0 "$binary" serve --data "$folder" --urls http://127.0.0.1:5092 >"$work/log" 2>&1 &
  server=$!
  # bash's own sockets and pauses: starting curl, or sleep, would take time from the server, and so would asking without a pause.
  until { exec 3<>/dev/tcp/127.0.0.1/5092; } 2>/dev/null; do read -rt 0.002 -u 9 || true; done
  printf 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
  read -r -u 3 answer
  stop=$(date +%s%N)
  exec 3>&-
  grep -q ' 200 ' <<<"$answer"
  echo $(((stop - start) / 1000000)) >>"$work/times"
  if [ "$round" = 11 ]; then
    sleep 2
    echo "idle: $(awk '/VmRSS/ {printf "%.0f MB", $2 / 1024}' "/proc/$server/status")"
    for page in $(seq 1000); do echo "url = \"http://127.0.0.1:5092/api/logs?page=$((page % 200 + 1))\""; echo "output = \"$work/page\""; done >"$work/pages"
    curl -sf -H 'Authorization: Bearer wh-0123456789abcdef0123' -K "$work/pages"
    echo "after 1,000 list pages: $(awk '/VmRSS/ {printf "%.0f MB", $2 / 1024}' "/proc/$server/status")"
  fi
  kill "$server"
  wait "$server" || true
done
echo "start to first 200: $(sort -g "$work/times" | sed -n 6p) ms (median of 11)"
