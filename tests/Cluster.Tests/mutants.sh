#!/usr/bin/env bash
# Breaks leases in the product once in each way, and expects each cluster test that the patch names to fail. Prints a table
# of the tests that failed; ends with 1 if a mutant survives.
# Usage: tests/Cluster.Tests/mutants.sh [NAME...]     each of Leases/Mutants, without .patch
set -uo pipefail
cd "$(dirname "$0")/../.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_TieredPGO=0

patches=$PWD/tests/Cluster.Tests/Leases/Mutants
names=("$@")
[ $# -gt 0 ] || mapfile -t names < <(cd "$patches" && ls -- *.patch | sed 's/\.patch$//')

tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
trap 'exit 130' INT
git ls-files -z | tar --create --null --files-from=- | tar --extract --directory "$tree"
cd "$tree" || exit 1

build() {
    dotnet build tests/Cluster.Tests --verbosity quiet -nodeReuse:false >build.log 2>&1
}

# run PATCH: the tests that the patch names, in a network of their own as in test.sh
run() {
    local filter unshare=(unshare --net --mount)
    [ "$(id -u)" -eq 0 ] || unshare+=(--map-root-user)
    filter=$(sed -n 's/^Found by: /FullyQualifiedName~/p' "$1" | paste -s -d '|')
    "${unshare[@]}" sh -c 'mount -t tmpfs run /run && ip link set lo up && exec "$@"' sh \
        dotnet test tests/Cluster.Tests --no-build --filter "$filter" >test.log 2>&1
}

survivors=0
printf '%-28s %-8s %s\n' mutant seconds "found by"
for name in "${names[@]}"; do
    started=$SECONDS
    if ! patch --strip 1 --quiet <"$patches/$name.patch" || ! build; then
        found="DOES NOT APPLY OR BUILD"
        survivors=$((survivors + 1))
    elif run "$patches/$name.patch"; then
        found="SURVIVES"
        survivors=$((survivors + 1))
    else
        found=$(sed -nE 's/^ *Failed (.*) \[[^]]*\]$/\1/p' test.log | sort -u | paste -s -d ';')
        # A failure that no test reports, such as a process that ends, shows nothing; and each test that the patch names has
        # to fail.
        if [ -z "$found" ] || ! grep -qE 'Passed: +0,' test.log; then
            found="NOT BY ALL: $found"
            survivors=$((survivors + 1))
        fi
    fi
    printf '%-28s %-8s %s\n' "$name" $((SECONDS - started)) "$found"
    patch --strip 1 --quiet --reverse <"$patches/$name.patch" || exit 1
done
echo "${#names[@]} mutants, $survivors survived"
[ "$survivors" -eq 0 ]
