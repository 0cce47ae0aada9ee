#!/usr/bin/env bash
# Kills the published server under load and looks whether every acknowledged log is there: eng/kill-test.sh [ROUNDS, 50 unless given].
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
bash eng/publish.sh
export TRACIRA_BINARY=$PWD/artifacts/publish/tracira TRACIRA_KILL_ROUNDS=${1:-50}
dotnet test tests/Tracira.Server.Tests -c Release --filter "FullyQualifiedName~KillTests" --logger "console;verbosity=detailed"
