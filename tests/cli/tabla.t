# Tables in each format.

$ cat >p.json <<'END'
> {"apellidos": "=Quispe; \"la Ñusta\"", "nombres": "Rosa", "cargo": "docente", "dni": "02345678", "telefono": "987654321"}
> END
> simae registro crear persona --respuestas p.json --concluir | wc -l
1

$ simae tabla persona --formato csv | head -c 3 | od -An -tx1
 ef bb bf

$ simae tabla persona --formato csv-sin-marca | head -c 6
codigo

# A spreadsheet must not take a name for a formula.
$ simae tabla persona --formato csv | sed -n 2p | grep -c "\"'=Quispe; \"\"la Ñusta\"\"\""
1

# Personal data only when asked for.
$ simae tabla persona --formato ndjson | jq -c '[.apellidos, .dni, .telefono]'
["=Quispe; \"la Ñusta\"",null,null]

$ simae tabla persona --formato ndjson --sensibles | jq -c '[.dni, .telefono]'
["02345678","987654321"]

$ simae tabla persona --formato texto | sed -n 1p | grep -c '^Código .*Apellidos .*Nombres .*Cargo'
1

$ simae tabla persona --formato texto | wc -l
3

$ simae tabla persona --salida t.csv; head -c 3 t.csv | od -An -tx1; ls
 ef bb bf
datos
p.json
t.csv

$ simae tabla persona --salida no/hay/t.csv
!~ ^simae: .*no/hay
? 1

$ simae tabla persona --formato pdf
! simae: no hay formato «pdf»; use uno de estos: csv, csv-sin-marca, ndjson, texto
? 1

$ simae tabla
! simae: diga de qué ficha
!~ ^Uso: simae tabla
? 2

$ simae tabla nada
!~ ^simae: No hay un formulario «nada»
? 1

$ simae tabla persona/nada
!~ ^simae: .*nada
? 1

# A table needs data, and does not make any.
$ simae tabla persona --datos otra
!~ ^simae: .*otra
? 1

$ test -e otra
? 1

# A full disk is not success.
$ simae tabla persona 2>dicho >/dev/full
? 1

$ head -n 1 dicho
~ ^simae: .*no queda espacio
