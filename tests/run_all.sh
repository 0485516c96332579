#!/bin/sh
# run_all.sh BUILD PROGRAM...: run every test program, as many at once as there are processors;
# show what the failing ones said and name them at the end.
# $SIMAE_RESULTS (may be unset) is a file that gets one line "passed failed" for each program.
build=$1; shift
[ $# -gt 0 ] || exit 0
printf '%s\n' "$@" | xargs -P "${JOBS:-$(nproc)}" -n 1 sh "${0%run_all.sh}run_one.sh" "$build"
