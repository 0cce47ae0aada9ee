#!/usr/bin/env bash
# Rules over text: Tracira beside Hyperscan, RE2::Set, simdjson, .NET, RulesEngine and a bare scan, all in the same run. Prints a table for
# keywords, one for regular expressions and one for JSON.
#   eng/bench.sh [--write] [--only PART] [--rounds N] ...   everything, some five minutes; --write puts the tables into docs/benchmarks.md
#   eng/bench.sh --quick [--only PART] [--columns NAME ...] a minute or two: Tracira and the engines in C++;
#                                                           --only keywords|regex|json|10000-mixed..., --columns Tracira Hyperscan
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

if ! command -v g++ >/dev/null || ! [ -e /usr/include/hs/hs.h ] || ! [ -e /usr/include/re2/set.h ] || ! [ -e /usr/include/simdjson.h ]; then
  [ "$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq --no-install-recommends g++ libhyperscan-dev libre2-dev libsimdjson-dev >/dev/null \
    || { echo "This needs g++ and Hyperscan, RE2 and simdjson: apt-get install g++ libhyperscan-dev libre2-dev libsimdjson-dev" >&2; exit 1; }
fi
anchors=artifacts/anchors/anchors
mkdir -p artifacts/anchors
[ "$anchors" -nt benchmarks/anchors/anchors.cpp ] || g++ -std=c++17 -O3 -march=native -o "$anchors" benchmarks/anchors/anchors.cpp -lhs -lre2 -lsimdjson
dotnet build benchmarks/Tracira.Benchmarks -c Release -v quiet -nologo -p:RunAnalyzers=false

arguments=(--anchors "$anchors")
if [ "${1:-}" = --quick ]; then
  shift
  arguments+=(--rounds 1 --seconds 0.5)
  [[ " $* " == *" --columns "* ]] || arguments+=(--columns Tracira Hyperscan RE2 simdjson scan)
fi
if [ "${1:-}" = --write ]; then
  shift
  arguments+=(--write docs/benchmarks.md)
fi
exec dotnet benchmarks/Tracira.Benchmarks/bin/Release/net10.0/Tracira.Benchmarks.dll rules "${arguments[@]}" "$@"
