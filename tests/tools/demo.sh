#!/bin/sh
# demo.sh PROGRAM MOMENT FOLDER: in FOLDER, which must not exist, a copy of the invented UGEL as PROGRAM makes it at
# MOMENT (written as for $SIMAE_TEST_NOW).  It takes seconds to make and several tests look at it, so it is kept
# beside the program and made again only when that or a form is newer.  Tests of the making itself do without this.
# $SIMAE_DEMO_BY: another program to make it, such as one without sanitizers.
program=${SIMAE_DEMO_BY:-$1} moment=$2 folder=$3
tree=$(cd "$(dirname "$0")/../.." && pwd)
top=$(dirname "$program")/demo
kept=$top/$(printf '%s' "$moment" | tr -c 'A-Za-z0-9-' _)

is_fresh() {
        [ -e "$kept/made" ] && [ -z "$(find "$program" "$tree/forms" -newer "$kept/made" | head -n 1)" ]
}
make_it() {
        rm -rf "$kept" && mkdir -p "$kept" && touch "$kept/before" &&
        SIMAE_FORMS=$tree/forms SIMAE_TEST_NOW=$moment SIMAE_TEST_SEED=demo TZ='<-05>5' LC_ALL=C.UTF-8 \
                "$program" demo --preparar --dir "$kept/datos" >"$kept/said" 2>&1 || { cat "$kept/said" >&2; return 1; }
        mv "$kept/before" "$kept/made"
}

[ ! -e "$folder" ] || { echo "demo.sh: $folder is there already" >&2; exit 1; }
mkdir -p "$top" || exit 1
exec 8>"$kept.lock" && flock 8 || exit 1 # two tests may ask at once
is_fresh || make_it || exit 1
cp -a "$kept/datos" "$folder"
