#!/usr/bin/env bash
# Breaks each rule of leases once, and expects the searches to fail. Prints a table; ends with 1 if one survives.
# Usage: tests/Domain.Searches.Tests/mutants.sh [NAME...]     each of Leases/Mutants, without .patch
set -uo pipefail
cd "$(dirname "$0")/../.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

patches=$PWD/tests/Domain.Searches.Tests/Leases/Mutants
names=("$@")
[ $# -gt 0 ] || mapfile -t names < <(cd "$patches" && ls -- *.patch | sed 's/\.patch$//')

tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
trap 'exit 130' INT
mkdir "$tree/tests"
cp -r Directory.* Containers.props BannedSymbols.txt global.json .editorconfig Domain "$tree"
cp -r tests/Directory.Build.props tests/Domain.Searches.Tests "$tree/tests"
cd "$tree" || exit 1

build() {
    dotnet build tests/Domain.Searches.Tests --verbosity quiet -nodeReuse:false >build.log 2>&1
}
search() {
    dotnet test tests/Domain.Searches.Tests --no-build \
        --filter "FullyQualifiedName~Leases&FullyQualifiedName~A_revocation_holds" \
        -- xUnit.StopOnFail=true >search.log 2>&1
}

survivors=0
printf '%-36s %-72s %s\n' mutant "found by" seconds
for name in "${names[@]}"; do
    if ! patch --strip 1 --quiet <"$patches/$name.patch" || ! build; then
        found="DOES NOT APPLY OR BUILD"
        survivors=$((survivors + 1))
        seconds=-
    else
        started=$SECONDS
        if search; then
            found="SURVIVES"
            survivors=$((survivors + 1))
        else
            found=$(sed -nE 's/^ *Failed .*\.([A-Za-z_]+) \[.*/\1/p' search.log | sort -u | head -n 1)
            # A failure that no test reports, such as a process that ends, shows nothing.
            if [ -z "$found" ]; then
                found="ENDS WITHOUT A FAILED TEST"
                survivors=$((survivors + 1))
            fi
        fi
        seconds=$((SECONDS - started))
    fi
    printf '%-36s %-72s %s\n' "$name" "$found" "$seconds"
    patch --strip 1 --quiet --reverse <"$patches/$name.patch" || exit 1
done
echo "${#names[@]} mutants, $survivors survived"
[ "$survivors" -eq 0 ]
