#!/bin/sh
# run_one.sh BUILD PROGRAM: run one cmocka program in a fixed environment and a home of its own, where its scratch is too;
# one line when it passes, everything it said when it does not.
build=$1 test=$2 name=${2##*/} limit=${TEST_SECONDS:-120}
home=$(mktemp -d "${TMPDIR:-/tmp}/XXXXXX") || exit 1 # short, for screens show it
trap 'rm -rf "$home"' EXIT
# How much of what can be done more or less of: each test that reads one says what.
amounts=$(env | grep -E '^SIMAE_TEST_(CUTS|KILLS|FLIPS|FULL|HISTORIES|MEGABYTES)=[a-z0-9]+$')
env -i PATH="$PATH" HOME="$home" TMPDIR="$home" TZ='<-05>5' LC_ALL=C.UTF-8 TERM=xterm-256color \
    SIMAE_BUILD="$(cd "$build" && pwd)" SIMAE_TREE="$PWD" $amounts \
    ASAN_OPTIONS="${ASAN_OPTIONS:-detect_leaks=1:abort_on_error=0}" UBSAN_OPTIONS=print_stacktrace=1 \
    ${LSAN_OPTIONS:+LSAN_OPTIONS="$LSAN_OPTIONS"} ${SIMAE_GOLDEN:+SIMAE_GOLDEN="$SIMAE_GOLDEN"} ${SIMAE_AGE_TESTKIT:+SIMAE_AGE_TESTKIT="$SIMAE_AGE_TESTKIT"} \
    ${SIMAE_DEMO_BY:+SIMAE_DEMO_BY="$SIMAE_DEMO_BY"} ${SIMAE_ENVIO:+SIMAE_ENVIO="$SIMAE_ENVIO"} ${SIMAE_HISTORIES:+SIMAE_HISTORIES="$SIMAE_HISTORIES"} \
    timeout -k 5 "$limit" $SIMAE_UNDER "$test" >"$home/out" 2>&1 </dev/null
status=$?
[ "$status" -ne 124 ] || echo "stopped: it took more than $limit seconds" >>"$home/out"
passed=$(grep -c '^\[       OK ' "$home/out")
failed=$(sed -n 's/^\[  FAILED  \] \(.*: \)\{0,1\}\([0-9][0-9]*\) test(s), listed below:$/\2/p' "$home/out" | awk '{ n += $1 } END { print n + 0 }')
# A crash, or a complaint of valgrind or a sanitizer, is a failure that cmocka did not count.
[ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
[ "$status" -ne 0 ] || [ "$passed" -gt 0 ] || { failed=1; echo 'no case ran' >>"$home/out"; }
[ -z "$SIMAE_RESULTS" ] || echo "$passed $failed" >>"$SIMAE_RESULTS"
if [ "$failed" -eq 0 ]; then
        printf '  %-7s %s: %d\n' PASS "$name" "$passed"
        sed -n "s/^skipped: /  SKIP    $name: /p" "$home/out"
        exit 0
fi
{ cat "$home/out"; printf '  %-7s %s: %d passed, %d failed (status %d)\n' FAIL "$name" "$passed" "$failed" "$status"; } >"$home/all"
cat "$home/all"
exit 1
