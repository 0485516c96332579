#!/bin/sh
# run.sh PROGRAM [FORM...]: every form, from answers in JSON to a record, through `simae registro crear`.
# Without FORM, all of them.  $SIMAE_RESULTS: see tests/run_all.sh.  $SIMAE_UNDER: a tool to run it under.
#
#   tests/fichas/directorio/NN-name.json   the directory that all records refer to, created in this order:
#                                          [{"alias": "ie_a", "form": "institucion", "answers": {…}}, …]
#   tests/fichas/FORM/completa.json        answers to every question that goes together; must be accepted
#   tests/fichas/FORM/minima.json          only what must be answered; must be accepted
#   tests/fichas/FORM/rechazos.json        [{"que": "words for the reader", "base": "completa" or "minima",
#                                            "cambia": {question: value, or null to leave it out},
#                                            "espera": "piece of the sentence that must come out"}, …]
#   tests/fichas/FORM/titulos.json         if it is there: {"completa": title of its record, "minima": …}, where a
#                                          title shows what was calculated, or hides what is reserved
#
# A text "@alias" among answers is the record of that name.  Refusals are tried after both records are in the
# store (completa again, unchanged, is how `unique` is seen to refuse); each must end with 1 and store nothing.
program=$(cd "$(dirname "$1")" && pwd)/${1##*/}; shift
here=tests/fichas

SIMAE_FORMS=$PWD/forms SIMAE_TEST_NOW=2026-11-26T10:15:00-05:00 TZ='<-05>5' LC_ALL=C.UTF-8 TERM=dumb
ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1} UBSAN_OPTIONS=print_stacktrace=1
export SIMAE_FORMS SIMAE_TEST_NOW TZ LC_ALL TERM ASAN_OPTIONS UBSAN_OPTIONS

top=$(mktemp -d) || exit 1
trap 'rm -rf "$top"' EXIT
HOME=$top SIMAE_HOME=$top/datos SIMAE_TOP=$top
export HOME SIMAE_HOME SIMAE_TOP

# result NAME PASSED FAILED: one line, and the count; what failed was already said.
result() {
        [ -z "$SIMAE_RESULTS" ] || echo "$2 $3" >>"$SIMAE_RESULTS"
        if [ "$3" -eq 0 ] && [ "$2" -gt 0 ]; then
                printf '  %-7s %s: %d\n' PASS "$1" "$2"
        else
                printf '  %-7s %s: %d passed, %d failed\n' FAIL "$1" "$2" "$3"
                touch "$top/failed"
        fi
}

# With a form that does not load nothing else is worth saying.
if ! $SIMAE_UNDER "$program" formularios verificar forms >"$top/said" 2>&1; then
        cat "$top/said"
        result fichas 0 1
        exit 1
fi

# The directory.  $top/aliases is what sed makes of the names: one s command for each record.
: >"$top/aliases"
for file in $here/directorio/*.json; do
        passed=0 failed=0
        jq -r '.[] | .alias, .form, (.answers | tojson)' "$file" >"$top/list" || failed=1
        while IFS= read -r alias && IFS= read -r form && IFS= read -r answers; do
                if printf '%s\n' "$answers" | sed -f "$top/aliases" |
                   SIMAE_TEST_SEED=$alias $SIMAE_UNDER "$program" registro crear "$form" --respuestas - --concluir \
                   >"$top/made" 2>"$top/said" && read -r _ id <"$top/made"; then
                        printf 's/"@%s"/"%s"/g\n' "$alias" "$id" >>"$top/aliases"
                        passed=$((passed + 1))
                else
                        failed=$((failed + 1))
                        printf '%s: @%s\n' "$file" "$alias"
                        sed 's/^/    /' "$top/said"
                fi
        done <"$top/list"
        result "fichas/directorio/${file##*/}" "$passed" "$failed"
        [ "$failed" -eq 0 ] || exit 1
done

forms=$*
for form in ${forms:-$(sed -n 's/^form: //p' forms/*/*.yaml | sort)}; do
        if [ -d "$here/$form" ]; then
                echo "$form"
        else
                echo "$form: no folder $here/$form" >&2
                touch "$top/failed"
                [ -z "$SIMAE_RESULTS" ] || echo "0 1" >>"$SIMAE_RESULTS"
        fi
done 2>"$top/without" | xargs -P "${JOBS:-$(nproc)}" -n 1 sh $here/one.sh "$program" || touch "$top/failed"
sed 's/^/  FAIL    /' "$top/without"
[ ! -e "$top/failed" ]
