#!/usr/bin/env bash
# Builds everything, runs every test, prints the coverage, and ends with a line "N passed, N failed, N skipped".
set -uo pipefail
cd "$(dirname "$0")"
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# The tests of the pages drive a real Chromium, those of the domain a real Caddy, whose authority certutil makes it trust;
# those of the cluster cut nodes off with ip; those of mails have them sent to a real server.
needed=(chromium caddy certutil openssl ip)
has_mail_server() {
    /usr/bin/python3 -c "import aiosmtpd" 2>/dev/null
}
if [ "$(command -v "${needed[@]}" | wc -l)" -lt ${#needed[@]} ] || ! has_mail_server; then
    as_root=$([ "$(id -u)" -eq 0 ] || echo sudo)
    if command -v apt-get >/dev/null; then
        $as_root apt-get update -qq
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            chromium fonts-liberation caddy libnss3-tools openssl iproute2 \
            python3-aiosmtpd >/dev/null
    fi
    for program in "${needed[@]}"; do
        command -v "$program" >/dev/null || {
            echo "$program is needed for the tests: install it and run this again." >&2
            exit 1
        }
    done
    has_mail_server || {
        echo "aiosmtpd for /usr/bin/python3 is needed for the tests: install it and run this again." >&2
        exit 1
    }
fi

dotnet tool restore || exit 1
dotnet csharpier check . || exit 1
# One compiler for all projects, which is gone afterwards.
dotnet build SessionAuth.sln -p:UseSharedCompilation=true || exit 1
dotnet build-server shutdown --vbcscompiler >/dev/null

# Those of the cluster have a MongoDB: one from the path or, on Debian as root, DocumentDB from its packages. For those
# that neither stop nor kill it, one that MONGO_URL names; the nodes under test must not take it for theirs.
if [ -n "${MONGO_URL:-}" ]; then
    export TEST_MONGO_URL=$MONGO_URL
    unset MONGO_URL
fi
if ! command -v mongod >/dev/null; then
    dotnet run --no-build --project tests/MongoServer -- prepare || exit 1
fi

# What the program is made of, for those who have to know.
dotnet dotnet-CycloneDX Api/Api.csproj --disable-package-restore --output artifacts \
    --output-format Json --filename sbom.json >/dev/null || exit 1
echo "artifacts/sbom.json lists $(grep -c '"bom-ref": "pkg:' artifacts/sbom.json) packages"

run_suite() {
    dotnet test "$1" --no-build --settings tests/coverage.runsettings \
        --collect "XPlat Code Coverage" --results-directory "$results" \
        2>&1 | tee "$results/$(basename "$1" .csproj).log" || touch "$results/failed"
}

# Those that start programs of the product run one after another: some measure how long an answer takes. The rest run at once.
in_turn=(Api Browser Cluster)
suites=0
for project in tests/*/*.Tests.csproj; do
    suites=$((suites + 1))
    name=$(basename "$project" .Tests.csproj)
    [[ " ${in_turn[*]} " == *" $name "* ]] || run_suite "$project" &
done
wait
for name in "${in_turn[@]}"; do
    run_suite "tests/$name.Tests/$name.Tests.csproj"
done
status=0
[ ! -e "$results/failed" ] || status=1

dotnet reportgenerator "-reports:$results/*/coverage.cobertura.xml" "-targetdir:$results/report" \
    -reporttypes:TextSummary -verbosity:Error && sed -n '/Line coverage/p; /Branch coverage/p; /^SessionAuth\.[A-Za-z.]* *[0-9.]*%/p' \
    "$results/report/Summary.txt"

read -r ran failed passed skipped < <(sed -nE \
    's/.*Failed: *([0-9]+), Passed: *([0-9]+), Skipped: *([0-9]+).*/\1 \2 \3/p' "$results"/*.log |
    awk '{f += $1; p += $2; s += $3} END {print NR, f + 0, p + 0, s + 0}')
if [ "$ran" -ne "$suites" ]; then
    echo "Only $ran of $suites suites ran to their end." >&2
    status=1
fi
[ "$failed" -eq 0 ] && [ "$skipped" -eq 0 ] && [ "$passed" -gt 0 ] || status=1
echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"
