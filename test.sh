#!/usr/bin/env bash
# Builds everything, runs every test, and ends with a line "N passed, N failed, N skipped".
# With --quick it runs only the tests that start no program, browser or database.
set -uo pipefail
cd "$(dirname "$0")"

usage() {
    cat <<END
Usage: ./test.sh [--quick]

  (no option) builds everything and runs every test: about twelve minutes
  --quick     checks the formatting, builds what has changed, and runs the tests that start no program, browser or
              database: less than a minute once everything is built

The first run restores and builds the solution, which takes longer. Both need the .NET 10 SDK and Node.js 20.19 or
later.

LONG=1 in the environment runs the long forms of some tests, with more sessions, requests and faults, and those of
clusters a second time without leases. COVERAGE=1 also prints the coverage, except with --quick.

The last line says "N passed, N failed, N skipped".
END
}
quick=
case "$*" in
    "") ;;
    --quick) quick=yes ;;
    --help | -h) usage && exit 0 ;;
    *) usage >&2 && exit 2 ;;
esac

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
# Background jobs do not get Ctrl-C.
trap 'kill 0' INT
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# More simulated histories of accounts and sessions than a quick run has time for.
[ -n "$quick" ] || export SIMULATION_FACTOR=${SIMULATION_FACTOR:-4}
# The processes are too short-lived to gain from profile-guided optimization.
export DOTNET_TieredPGO=0

# The browser tests use a real Chromium, which CHROMIUM can name, and Caddy, whose certificate authority certutil makes it
# trust. Applications are behind Caddy and nginx, or sign people in with Apache or Flask. The cluster tests cut nodes off
# with ip, in a network that unshare makes. The mail tests send to a real server.
needed=("${CHROMIUM:-chromium-headless-shell}" caddy nginx certutil openssl ip unshare
    /usr/sbin/apache2)
apache_module=/usr/lib/apache2/modules/mod_auth_openidc.so
modules=(aiosmtpd flask requests authlib.integrations.flask_client)
has_all_programs() {
    [ "$(command -v "${needed[@]}" | wc -l)" -eq ${#needed[@]} ] && [ -e "$apache_module" ]
}
has_module() {
    /usr/bin/python3 -c "import $1" 2>/dev/null
}
has_all_modules() {
    for module in "${modules[@]}"; do
        has_module "$module" || return
    done
}
if [ -z "$quick" ] && ! { has_all_programs && has_all_modules; }; then
    as_root=$([ "$(id -u)" -eq 0 ] || echo sudo)
    if command -v apt-get >/dev/null; then
        $as_root apt-get update -qq
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            chromium-headless-shell fonts-liberation caddy nginx-light libnss3-tools openssl iproute2 util-linux \
            python3-aiosmtpd python3-authlib python3-flask python3-requests apache2-bin \
            libapache2-mod-auth-openidc >/dev/null
    fi
    for program in "${needed[@]}"; do
        command -v "$program" >/dev/null || {
            echo "$program is needed for the tests: install it and run this again." >&2
            exit 1
        }
    done
    [ -e "$apache_module" ] || {
        echo "$apache_module is needed for the tests: install it and run this again." >&2
        exit 1
    }
    for module in "${modules[@]}"; do
        has_module "$module" || {
            echo "$module for /usr/bin/python3 is needed for the tests: install it and run this again." >&2
            exit 1
        }
    done
fi

for program in node npm; do
    command -v "$program" >/dev/null || {
        echo "$program is needed for the scripts of the pages: install Node.js, 20.19 or newer, and run this again." >&2
        exit 1
    }
done

dotnet tool restore || exit 1
dotnet csharpier check . || exit 1
# One compiler server for all projects; it is shut down before the tests.
dotnet build SessionAuth.sln -p:UseSharedCompilation=true || exit 1

# Lints, type-checks and tests the scripts of the pages, without a browser.
run_scripts() {
    (
        cd Ui &&
            { [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --ignore-scripts --no-audit --no-fund; } &&
            npm run --silent check && npm test --silent
    ) >"$results/scripts.tap" 2>&1 || {
        touch "$results/failed"
        grep -vE '^ok|^# Subtest' "$results/scripts.tap"
    }
    awk '$1 == "#" {n[$2] = $3} END {
        if ("tests" in n) printf "Failed: %d, Passed: %d, Skipped: %d - Ui/tests\n", n["fail"] + n["cancelled"], n["pass"], n["skipped"] + n["todo"]
    }' "$results/scripts.tap" | tee "$results/scripts.log"
}

# finish SUITES
# Prints the last line, and fails unless all suites ran and all tests passed.
finish() {
    local status=0 ran failed passed skipped
    [ ! -e "$results/failed" ] || status=1
    read -r ran failed passed skipped < <(sed -nE \
        's/.*Failed: *([0-9]+), Passed: *([0-9]+), Skipped: *([0-9]+).*/\1 \2 \3/p' "$results"/*.log |
        awk '{f += $1; p += $2; s += $3} END {print NR, f + 0, p + 0, s + 0}')
    if [ "$ran" -ne "$1" ]; then
        echo "Only $ran of $1 suites completed." >&2
        status=1
    fi
    [ "$failed" -eq 0 ] && [ "$skipped" -eq 0 ] && [ "$passed" -gt 0 ] || status=1
    echo "$passed passed, $failed failed, $skipped skipped"
    return "$status"
}

if [ -n "$quick" ]; then
    assemblies=()
    for name in Architecture Clustering Domain Hosting Mail; do
        assemblies+=("tests/$name.Tests/bin/Debug/net10.0/SessionAuth.$name.Tests.dll")
    done
    run_scripts &
    dotnet vstest "${assemblies[@]}" --Parallel 2>&1 | tee "$results/quick.log" || touch "$results/failed"
    wait
    finish $((${#assemblies[@]} + 1))
    exit
fi
dotnet build-server shutdown --vbcscompiler >/dev/null

# The cluster tests need a MongoDB: one from the path or, on Debian as root, DocumentDB from its packages. Tests that neither
# stop nor kill it use the one that MONGO_URL names; the nodes under test must not read that variable.
if [ -n "${MONGO_URL:-}" ]; then
    export TEST_MONGO_URL=$MONGO_URL
    unset MONGO_URL
fi
if ! command -v mongod >/dev/null; then
    dotnet run --no-build --project tests/MongoServer -- prepare || exit 1
fi

# The software bill of materials.
dotnet dotnet-CycloneDX Api/Api.csproj --disable-package-restore --output artifacts \
    --output-format Json --filename sbom.json >/dev/null || exit 1
echo "artifacts/sbom.json lists $(grep -c '"bom-ref": "pkg:' artifacts/sbom.json) packages"

TIMEFORMAT='%0R s, processor %0U + %0S s'

# [FILTER=TESTS] [LOG=NAME] run_suite NAME [COMMAND PREFIX...]
run_suite() {
    local name=$1 log=${LOG:-$1} coverage=() filter=()
    shift
    [ -z "${FILTER:-}" ] || filter=(--filter "$FILTER")
    # Browser and Cluster test separate processes, whose coverage is not collected.
    if [ -n "${COVERAGE:-}" ] && [ "$name" != Browser ] && [ "$name" != Cluster ]; then
        coverage=(--settings tests/coverage.runsettings --collect "XPlat Code Coverage")
    fi
    {
        time "$@" dotnet test "tests/$name.Tests/$name.Tests.csproj" --no-build --results-directory "$results" \
            "${filter[@]}" "${coverage[@]}" 2>&1 | tee "$results/$log.log" >&3 || touch "$results/failed"
    } 3>&1 2>"$results/$log.time"
    echo "$log.Tests: $(<"$results/$log.time")"
}

# In a network namespace of its own: a browser aborts its requests when the machine's network changes, as it does when nodes
# are cut off.
in_own_network() {
    local unshare=(unshare --net --mount)
    [ "$(id -u)" -eq 0 ] || unshare+=(--map-root-user)
    "${unshare[@]}" sh -c 'mount -t tmpfs run /run && ip link set lo up && exec "$@"' sh "$@"
}

suites=1
for project in tests/*/*.Tests.csproj; do
    suites=$((suites + 1))
done

# The cluster tests mostly wait for timeouts, so they run beside all others and give way to them: those that cause faults on
# one cluster, the rest on others. A database from MONGO_URL may be on another machine.
cluster=(nice -n 5)
[ -n "${TEST_MONGO_URL:-}" ] || cluster=(in_own_network "${cluster[@]}")
FILTER='FullyQualifiedName~.Cluster.Tests.Faults.' LOG=Faults run_suite Cluster "${cluster[@]}" &
FILTER='FullyQualifiedName!~.Cluster.Tests.Faults.' run_suite Cluster "${cluster[@]}" &
suites=$((suites + 1))

# Suites that start the server's programs come last. The others run in parallel.
run_scripts &
others=($!)
for project in tests/*/*.Tests.csproj; do
    name=$(basename "$project" .Tests.csproj)
    case $name in Api | Browser | Cluster | OpenId) continue ;; esac
    run_suite "$name" &
    others+=($!)
done
wait "${others[@]}"
FILTER=Category!=Timing run_suite Api
run_suite OpenId
run_suite Browser
wait
# Operators can turn leases off; the tests of leases themselves need them.
if [ "${LONG:-}" = 1 ]; then
    TEST_CHECK_LEASES=off FILTER='FullyQualifiedName!~.Leases.' LOG=ClusterWithoutLeases \
        run_suite Cluster "${cluster[@]}"
    suites=$((suites + 1))
fi
# These compare response times, so nothing else runs beside them.
FILTER=Category=Timing LOG=Timing run_suite Api
suites=$((suites + 1))

if [ -n "${COVERAGE:-}" ]; then
    dotnet reportgenerator "-reports:$results/*/coverage.cobertura.xml" "-targetdir:$results/report" \
        -reporttypes:TextSummary -verbosity:Error &&
        sed -n '/Line coverage/p; /Branch coverage/p; /^SessionAuth\.[A-Za-z.]* *[0-9.]*%/p' "$results/report/Summary.txt"
fi

finish "$suites"
