# The invented UGEL lives with every instrument, leaves nothing half done, and is believable.

$ sh "$TREE/tests/tools/demo.sh" "$PROGRAM" "$SIMAE_TEST_NOW" ugel

$ simae diagnostico --datos ugel --json | jq -c '[.borradores, .integridad]'
[0,"ok"]

# Every form has records but that of UGEL, whose list is enough.
$ simae formularios listar --datos ugel --json | jq -r 'select(.registros == 0) | .ficha'
ugel

# Most commitments were closed; a school has four open at most, and some are late.
$ simae tablero compromisos-escuela --datos ugel --formato ndjson >escuelas 2>/dev/null
> jq -s 'map(select((.escuela // "") | startswith("IE ")) | .abiertos | tonumber) | (length > 30) and (max <= 6) and (add > 50)' escuelas
> jq -s 'map(.vencidos | tonumber) | add | . > 10' escuelas
> simae tabla compromiso --datos ugel --formato ndjson | jq -s '(map(select(.estado == "cumplido")) | length) * 2 > length'
true
true
true

# Agreed again, moved; trainers replaced; participants certified; alerts of every kind, the reserved ones kept apart.
$ simae tabla compromiso --datos ugel --formato ndjson | jq -s 'map(select(.viene_de != "" and .viene_de != null)) | length > 5'
> simae tabla compromiso --datos ugel --formato ndjson | jq -s 'map(select(.estado == "reprogramado")) | length > 2'
> simae tabla pser_reemplazo --datos ugel --formato ndjson | jq -r .tipo | sort
> simae tabla pser_participante --datos ugel --formato ndjson | jq -s 'map(select(.estado == "certificado")) | length > 20'
> simae tabla alerta --datos ugel --formato ndjson --sensibles | jq -s 'map(.rama) | unique | length >= 5'
> simae tabla alerta --datos ugel --formato ndjson | jq -s 'map(select(.rama == "violencia")) | length'
true
true
definitivo
temporal
true
true
0

# Tables come in batches: every record once, and the commitments of visits are joined to them.
$ simae tabla compromiso --datos ugel --json | jq -r .registro >todos; sort -u todos | wc -l >unicos; wc -l <todos | cmp - unicos
> simae registro listar --datos ugel --formulario compromiso --json | jq -r .registro | sort >listados; sort todos | cmp - listados
> simae tabla simae_docente/compromisos --datos ugel --json | jq -r .registro_padre | sort -u >padres
> simae tabla simae_docente --datos ugel --json | jq -r 'select(.compromisos > 0) | .registro' | sort | cmp - padres && wc -l <padres | grep -c '[1-9]'
1

# The page of the Balance shows each baseline of the documents, with the line that it comes from.
$ simae balance --datos ugel --formato html --salida b.html
> simae indicadores --datos ugel --json | jq -r 'select(.linea_base) | .clave' >claves
> while read -r clave; do simae indicadores "$clave" --datos ugel --json; done <claves >indicadores; python3 "$TREE/tests/tools/page_bases.py" b.html indicadores
~ ^[0-9]+ líneas base de [0-9]+ indicadores$

# In the holidays, and on the first day of the school year.
$ for day in 2027-01-15 2026-03-16; do SIMAE_TEST_NOW=${day}T09:30:00-05:00 simae demo --preparar --dir $day; done
Datos inventados en 2027-01-15
Datos inventados en 2026-03-16

# Coverage is of the directory of today: 130 teachers of the UGEL, and schools by level.
$ simae balance --datos ugel --periodo 2025 --formato ndjson | jq -c 'select(.clave == "doc_caracteriza") | [.n > 50, .cobertura == (1000 * .n / 130 | round / 10)]'
[true,true]

$ simae balance --datos ugel --periodo 2025 --por nivel --formato ndjson >niveles; simae tabla institucion --datos ugel --formato ndjson >escuelas
> for nivel in A2 B0 F0; do
>   jq -s --arg n $nivel 'map(select(.nivel == $n)) | length' escuelas >hay
>   jq -c --arg n $nivel --slurpfile hay hay 'select(.clave == "mgea_compromiso" and .grupo == $n) | .cobertura == (1000 * .n / $hay[0] | round / 10)' niveles
> done
true
true
true
