#!/bin/sh
# all.sh: everything that `make check` asks.  Goes on after a failure, so that one run tells all of it,
# and ends with "N passed, N failed" alone on a line; the status is 0 only without failures.
#
#   what                     compiled as        why there
#   everything compiles      gcc, clang         -Werror with the compilers we know
#   unit, tui, cli, fichas   gcc -O2            what is shipped
#   unit, cli, fichas again  gcc, ASan + UBSan  memory, undefined behaviour, leaks; without the longest,
#                                               which `make asan` has, with tui and the making of the demo
#
# Uninitialised memory, which ASan does not see, is for `make valgrind`: CI runs it before this.
#   checks of the sources    -                  layers, tour, strings, …
unset MAKEFLAGS MFLAGS MAKELEVEL
jobs=$(nproc)
mkdir -p build
SIMAE_RESULTS=$PWD/build/results
export SIMAE_RESULTS
: >"$SIMAE_RESULTS"
start=$(date +%s)

say() {
        printf '\n== %s (%d s)\n' "$1" "$(($(date +%s) - start))"
}
# One case: a command that passes or does not.
case_of() {
        what=$1; shift
        if "$@"; then
                printf '  %-7s %s\n' PASS "$what"
                echo "1 0" >>"$SIMAE_RESULTS"
        else
                printf '  %-7s %s\n' FAIL "$what"
                echo "0 1" >>"$SIMAE_RESULTS"
        fi
}
build() {
        make -j"$jobs" --no-print-directory -k DEV="${DEV:-auto}" V="$V" "$@"
}

say "gcc"
case_of "everything compiles with gcc" build programs objects
say "clang"
case_of "everything compiles with clang" build FLAVOUR=clang objects
say "AddressSanitizer and UBSan"
case_of "the library and its tests compile with sanitizers" build FLAVOUR=asan unit-programs

say "sources"
for check in layers tour strings text inventory; do
        case_of "$check" sh tests/check/$check.sh &
done
wait
say "unit, tui, cli, fichas, sticks"
build SKIP=test_bundle_hostile unit-tui cli fichas stick-check
# Each of these takes seconds under sanitizers; make asan has them.
long="demo diagnostico paquete directorio balance laptops exportar oficina programas tablero test_boards_cover test_store_crash \
test_bundle test_facts test_fact_rules test_balance_records test_padron test_session_random test_app_totals test_sync_app test_sync_model reservada"
say "unit, cli, fichas under AddressSanitizer and UBSan"
SIMAE_DEMO_BY=$PWD/build/simae build FLAVOUR=asan SKIP="$long" unit cli fichas

say "end"
sh tests/check/size.sh
awk '{ passed += $1; failed += $2 }
     END { printf "\n%d passed, %d failed\n", passed, failed; exit failed > 0 || passed == 0 }' "$SIMAE_RESULTS"
