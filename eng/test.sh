#!/usr/bin/env bash
# Runs every test: formatting, all test projects, the published executable among them. Ends with "N passed, N failed" alone on a line.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
passed=0
failed=0

# The hosted documentation's examples are sent as its users send them, with curl and with Node, and the dashboard is used in Chromium.
export CHROMIUM=${CHROMIUM:-/usr/bin/chromium}
missing=()
command -v curl >/dev/null || missing+=(curl)
[ -x "$CHROMIUM" ] || missing+=(chromium)
postgres=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -x "$postgres/initdb" ] || missing+=(postgresql)
if [ ${#missing[@]} -gt 0 ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq && apt-get install -y -qq "${missing[@]}" >/dev/null
fi
for tool in curl node npm git; do
  command -v "$tool" >/dev/null || { echo "The tests need $tool." >&2; exit 1; }
done
if [ ! -x "$CHROMIUM" ]; then
  echo "The dashboard's tests need Chromium: apt-get install chromium, or set CHROMIUM to the path of one." >&2
  exit 1
fi

# A PostgreSQL of the tests' own, as durable as one that is not: on a socket in a temporary folder, gone with it.
postgres=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
if [ ! -x "$postgres/initdb" ]; then
  echo "The tests need PostgreSQL 15 or later: apt-get install postgresql" >&2
  exit 1
fi
cluster=$(mktemp -d)
as_postgres=()
if [ "$(id -u)" = 0 ]; then # as whom PostgreSQL does not run
  chown postgres "$cluster"
  as_postgres=(runuser -u postgres --)
fi
stop() {
  (cd / && "${as_postgres[@]}" "$postgres/pg_ctl" -D "$cluster/data" -m immediate -s stop)
  rm -rf "$results" "$cluster"
}
trap stop EXIT
(
  cd / # where that user may be
  "${as_postgres[@]}" "$postgres/initdb" -D "$cluster/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 &&
    "${as_postgres[@]}" "$postgres/pg_ctl" -D "$cluster/data" -l "$cluster/log" -w -s -o "-k $cluster -c listen_addresses='' -c max_connections=300" start
) >"$results/log" 2>&1 || { cat "$results/log" "$cluster/log" >&2; exit 1; }
export TRACIRA_TEST_POSTGRES="Host=$cluster;Username=postgres;Database=postgres"

check() { # name, command...
  local name=$1 started=$SECONDS
  shift
  if "$@" >"$results/log" 2>&1; then
    passed=$((passed + 1))
    echo "ok      $name ($((SECONDS - started)) s)"
  else
    failed=$((failed + 1))
    echo "FAILED  $name ($((SECONDS - started)) s)"
    tail -n 60 "$results/log"
  fi
}

run_tests() { # project, what to call the run, arguments...
  local project=$1 name=$2 started=$SECONDS
  shift 2
  dotnet test "$project" -c Release --no-build --blame-hang-timeout 4m --blame-hang-dump-type none --logger "trx;LogFileName=$results/$name.trx" --logger "console;verbosity=minimal" "$@" >"$results/log" 2>&1
  local counters
  counters=$(grep -o '<Counters [^>]*>' "$results/$name.trx" 2>/dev/null | head -n 1)
  local ok bad
  ok=$(sed -n 's/.* passed="\([0-9]*\)".*/\1/p' <<<"$counters")
  bad=$(sed -n 's/.* failed="\([0-9]*\)".*/\1/p' <<<"$counters")
  if [ "${ok:-0}" = 0 ]; then # it did not build, it crashed, or it has no tests: each is a failure
    bad=$((${bad:-0} + 1))
  fi
  passed=$((passed + ${ok:-0}))
  failed=$((failed + bad))
  if [ "$bad" = 0 ]; then
    echo "ok      $name: $ok ($((SECONDS - started)) s)"
  else
    echo "FAILED  $name: $bad of $((${ok:-0} + bad)) ($((SECONDS - started)) s)"
    grep -vE '^\s*$|^\s+at (System|Xunit|Microsoft)\.' "$results/log" | tail -n 120
  fi
}

check "publish the native executable" bash eng/publish.sh
check "build without a warning" dotnet build Tracira.sln -c Release -v quiet
if [ "$failed" = 0 ]; then
  export TRACIRA_BINARY=$PWD/artifacts/publish/tracira
  check "formatting" dotnet format Tracira.sln --verify-no-changes --no-restore
  for project in tests/*/*.csproj; do
    run_tests "$project" "$(basename "$project" .csproj)"
  done
  # The engine says the same whatever instructions the processor has.
  for setting in DOTNET_EnableAVX512 DOTNET_EnableAVX2 DOTNET_EnableHWIntrinsic; do
    export "$setting=0" TRACIRA_PROPERTY_CASES=10000
    run_tests tests/Tracira.Engine.Tests/Tracira.Engine.Tests.csproj "Tracira.Engine.Tests without ${setting#DOTNET_Enable}" \
      --filter "FullyQualifiedName~AgreementTests|FullyQualifiedName~InstructionSetTests|FullyQualifiedName~RegexScannerTests|FullyQualifiedName~KeywordRuleTests|FullyQualifiedName~JsonRuleTests"
    unset "$setting" TRACIRA_PROPERTY_CASES
  done
fi

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
