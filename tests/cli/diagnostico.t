# The state of the data, and the demonstration.

$ simae diagnostico
!~ ^simae: .*(datos|carpeta)
? 1

$ simae formularios listar >/dev/null; simae diagnostico
~ ^version +0\.1\.0$
...
~ ^integridad +ok$
...

$ simae diagnostico --json | jq -c '[.registros, .directorio, .revisiones, .borradores, .sin_exportar, .integridad]'
[0,0,0,0,0,"ok"]

# The folder is closed to others.
$ stat -c %a datos
700

# A folder that lost its database is not started afresh.
$ mv datos/simae.db guardado.db; simae diagnostico
!~ ^simae: .
? 1

$ simae registro listar
!~ ^simae: .
? 1

$ test -e datos/simae.db
? 1

$ mv guardado.db datos/simae.db; simae diagnostico --json | jq -r .integridad
ok

# Not a database at all.
$ mkdir -m 700 otra; cp -r datos/. otra/; echo nada >otra/simae.db; simae diagnostico --datos otra
!~ ^simae: .
? 1

$ sh "$TREE/tests/tools/demo.sh" "$PROGRAM" "$SIMAE_TEST_NOW" ugel

$ simae diagnostico --datos ugel --json | jq -c '[.directorio > 200, .registros > 100, .integridad]'
[true,true,"ok"]

# Its records obey the rules of their own forms.
$ simae tabla simae_docente --datos ugel --formato ndjson | wc -l
~ ^[1-9][0-9]+$

# The second time it is already there.
$ simae demo --preparar --dir ugel
Datos inventados en ugel

$ simae diagnostico --datos ugel --json | jq .registros >antes
> simae diagnostico --datos ugel --json --reconstruir | jq .registros | diff antes - && echo igual
igual

# The same seed makes the same answers.
$ simae demo --preparar --dir otra_ugel
> simae tabla simae_docente --datos ugel --formato ndjson --sensibles | jq -cS 'del(.registro, .codigo)' >a
> simae tabla simae_docente --datos otra_ugel --formato ndjson --sensibles | jq -cS 'del(.registro, .codigo)' >b
> cmp a b && echo igual
Datos inventados en otra_ugel
igual

$ simae demo --preparar --dir x --escala 0
! simae: la escala va de 1 a 1000
!~ ^Uso: simae demo
? 2

$ simae demo --preparar --dir x --escala 2x
! simae: la escala va de 1 a 1000
!~ ^Uso: simae demo
? 2

# Without a terminal it says how to go on.
$ simae demo --dir ugel
!~ ^simae: .*no hay una terminal
? 1
