#!/usr/bin/env bash
# Deliveries when things go badly, with the published server and full numbers: 10,000 messages to a receiver that fails at random while the
# server is killed ten times; 1,000 dead hosts beside a living one. Prints what arrived and how late.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
if [ -z "${TRACIRA_BINARY:-}" ]; then
  bash eng/publish.sh
  export TRACIRA_BINARY=$PWD/artifacts/publish/tracira
fi
export TRACIRA_OUTBOX_MESSAGES=${1:-10000} TRACIRA_OUTBOX_KILLS=10 TRACIRA_OUTBOX_DEAD_HOSTS=1000 TRACIRA_OUTBOX_LIVE_MESSAGES=500
dotnet test tests/Tracira.Server.Tests -c Release --filter "FullyQualifiedName~OutboxEnduranceTests" --logger "console;verbosity=detailed"
