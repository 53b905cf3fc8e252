#!/usr/bin/env bash
# Builds everything, runs every test and ends with a line "N passed, N failed, N skipped".
set -uo pipefail
cd "$(dirname "$0")"
log=$(mktemp)
trap 'rm -f "$log"' EXIT

dotnet test SessionAuth.sln --nologo 2>&1 | tee "$log"
status=${PIPESTATUS[0]}

read -r failed passed skipped < <(sed -nE \
    's/.*Failed: *([0-9]+), Passed: *([0-9]+), Skipped: *([0-9]+).*/\1 \2 \3/p' "$log" \
    | awk '{f+=$1; p+=$2; s+=$3} END {print f+0, p+0, s+0}')
[ "$passed" -gt 0 ] || status=1
[ "$skipped" -eq 0 ] || status=1
echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"
