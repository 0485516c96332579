#!/bin/sh
# run.sh BUILD SECONDS: every fuzz target for so long, from seeds taken from tests/vectors and from a
# bundle made on the spot.  What it learns stays in BUILD/corpus for the next time; what breaks, in BUILD/found.
build=$1 seconds=$2
seeds=$build/seeds
rm -rf "$seeds"
mkdir -p "$seeds/expr" "$seeds/yaml" "$seeds/json" "$seeds/session" "$seeds/bundle" "$seeds/age" "$seeds/intake" "$build/found"

n=0
sed -n '/^[^#@].* :: /s/ *:: [^:]*$//p' tests/vectors/expr/*.txt | sort -u | while IFS= read -r line; do
        n=$((n + 1))
        printf '%s' "$line" >"$seeds/expr/$n"
done
for file in tests/vectors/form/*.yaml tests/vectors/fill/*.yaml; do
        cp "$file" "$seeds/yaml/$(echo "$file" | tr / -)"
done
sed -n 's/^@answers //p' tests/vectors/expr/*.txt | sort -u | split -l 1 - "$seeds/json/"
names=$(sed -n 's/.*name: \([a-z_0-9]*\).*/\1/p' tests/vectors/fill/reglas.yaml | sort -u)
for name in $names; do
        printf '%s=1\n+%s\n%s@1=hola\nu\nr\nb\n' "$name" "$name" "$name" >"$seeds/session/$name"
        printf '{"%s": "1"}\n{"op":"set","at":"%s","from":null,"to":1}\n' "$name" "$name" >"$seeds/session/load_$name"
done
for file in $(grep -L '^compressed' tests/vectors/age/*_* tests/vectors/age/x25519); do
        sed '1,/^$/d' "$file" >"$seeds/age/${file##*/}"
        sed -n 's/^identity: //p' "$file" >"$seeds/age/key_${file##*/}"
done
PYTHONDONTWRITEBYTECODE=1 python3 tests/tools/make_padron.py 3 "$seeds/intake"
if [ -x build/simae ]; then
        home=$(mktemp -d)
        export SIMAE_HOME="$home/data" SIMAE_FORMS="$PWD/forms"
        echo '{"apellidos": "Quispe", "nombres": "Rosa", "cargo": "docente"}' |
                build/simae registro crear persona --respuestas - --concluir >/dev/null
        echo 'laguna molle quinua arpa' >"$home/phrase"
        build/simae exportar --a "$home/sealed" --frase-archivo "$home/phrase" >/dev/null
        build/simae abrir "$home/sealed" --frase-archivo "$home/phrase" >"$seeds/bundle/opened.tar"
        rm -rf "$home"
fi

status=0
for target in expr yaml json session bundle age intake; do
        mkdir -p "$build/corpus/$target"
        printf '  FUZZ    %s, %s s: ' "$target" "$seconds"
        if "$build/tests/fuzz/fuzz_$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 \
           -artifact_prefix="$build/found/$target-" "$build/corpus/$target" "$seeds/$target" >"$build/$target.log" 2>&1; then
                grep -o '^Done [0-9]* runs' "$build/$target.log"
        else
                echo FOUND
                grep -vE '^#[0-9]+' "$build/$target.log" | tail -n 30
                status=1
        fi
done
exit $status
