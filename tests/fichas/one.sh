#!/bin/sh
# one.sh PROGRAM FORM: the records and refusals of one form, in a copy of the directory (format in run.sh).
program=$1 form=$2 folder=tests/fichas/$2
top=$SIMAE_TOP/$form
mkdir "$top" && cp -R "$SIMAE_HOME" "$top/datos" || exit 1
SIMAE_HOME=$top/datos HOME=$top
export SIMAE_HOME HOME
passed=0 failed=0

simae() {
        $SIMAE_UNDER "$program" "$@"
}
# create NAME ANSWERS: the status of the program; what it printed is in $top/made, what it said in $top/said.
create() {
        printf '%s\n' "$2" | sed -f "$SIMAE_TOP/aliases" |
        SIMAE_TEST_SEED=$form-$1 $SIMAE_UNDER "$program" registro crear "$form" --respuestas - --concluir \
                >"$top/made" 2>"$top/said"
}
pass() {
        passed=$((passed + 1))
}
fail() {
        failed=$((failed + 1))
        printf '%s: %s\n' "$folder" "$1"
        [ ! -s "$top/said" ] || head -n 12 "$top/said" | sed 's/^/    | /'
}
counted() {
        simae diagnostico --json | jq -c '[.directorio, .registros, .revisiones, .borradores]'
}

for name in completa minima; do
        answers=$(jq -c . "$folder/$name.json") || { : >"$top/said"; fail "$name.json"; continue; }
        if create "$name" "$answers"; then pass; else fail "$name.json is refused"; continue; fi
        [ -f "$folder/titulos.json" ] || continue
        want=$(jq -r ".$name" "$folder/titulos.json")
        read -r _ id <"$top/made"
        simae registro ver "$id" --sensibles >"$top/said" 2>&1
        if [ "$(head -n 1 "$top/said")" = "$want" ]; then pass; else fail "the title of $name.json is not «$want»"; fi
done

# Three lines for each refusal.
jq -r --slurpfile completa "$folder/completa.json" --slurpfile minima "$folder/minima.json" '
        .[] | . as {$que, $base, $cambia, $espera}
        | ({completa: $completa[0], minima: $minima[0]}[$base] // error("base: \($base)"))
        | . + $cambia | with_entries(select(.value != null)) | $que, $espera, tojson
        ' "$folder/rechazos.json" >"$top/refusals" || { : >"$top/said"; fail "rechazos.json"; }
before=$(counted)
n=0
while IFS= read -r what && IFS= read -r sentence && IFS= read -r answers; do
        n=$((n + 1))
        create "r$n" "$answers"
        status=$?
        if [ "$status" -ne 1 ]; then
                fail "$what: status $status, expected 1"
        elif ! grep -qF -e "$sentence" "$top/said"; then
                fail "$what: does not say «$sentence»"
        else
                pass
        fi
done <"$top/refusals"
: >"$top/said"
if [ "$n" -ge 5 ]; then pass; else fail "$n refusals; at least five are wanted"; fi
if [ -n "$before" ] && [ "$(counted)" = "$before" ]; then pass; else fail "a refusal stored something: $before, $(counted)"; fi

[ -z "$SIMAE_RESULTS" ] || echo "$passed $failed" >>"$SIMAE_RESULTS"
if [ "$failed" -eq 0 ]; then
        printf '  %-7s %s: %d\n' PASS "fichas/$form" "$passed"
        exit 0
fi
printf '  %-7s %s: %d passed, %d failed\n' FAIL "fichas/$form" "$passed" "$failed"
exit 1
