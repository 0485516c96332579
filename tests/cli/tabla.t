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
! simae: no hay formato «pdf»; use uno de estos: csv, xlsx, html, csv-sin-marca, json, ndjson, texto
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

# A workbook and a page. What looks like a formula is text, codes keep their zeros, what is sensitive stays out.
$ simae tabla persona --formato xlsx --salida t.xlsx; python3 -m zipfile -e t.xlsx libro; grep -c 'Quispe; "la Ñusta"' libro/xl/worksheets/sheet1.xml
1

$ grep -cE '<f>|02345678|987654321|Teléfono' libro/xl/worksheets/sheet1.xml
0
? 1

$ simae tabla persona --formato xlsx --sensibles >s.xlsx; python3 -m zipfile -e s.xlsx libro; grep -o '<t>02345678</t>' libro/xl/worksheets/sheet1.xml
<t>02345678</t>

$ python3 -c 'import pty, sys; pty.spawn(sys.argv[1:])' simae tabla persona --formato xlsx | tr -d '\r'
simae: el formato xlsx no se lee en la terminal; agregue --salida ARCHIVO.xlsx

$ simae tabla persona --formato html | grep -c '<td>=Quispe; &quot;la Ñusta&quot;</td>'
1

$ simae tabla persona --formato html | grep -c 02345678
0
? 1

$ simae tablero cobertura-ugel --formato html --salida c.html; grep -o '<h1>.*</h1>' c.html
<h1>Cobertura por UGEL</h1>

$ simae tablero cobertura-ugel --formato xlsx --salida c.xlsx; python3 -m zipfile -t c.xlsx
Done testing

$ simae tabla persona --formato xlsx 2>dicho >/dev/full; head -n 1 dicho
~ ^simae: .*no queda espacio

# Of a choice the code and its label; of a reference the title and the id.
$ simae tabla persona --formato json | jq -c '.[0] | [.cargo, ."cargo.texto", .fila, .registro_padre]'
["docente","Docente",1,null]

$ simae tabla persona --formato texto | sed -n 3p | grep -c 'Docente'
1

# Records of a form with rows and with children: each a table of its own, joined by the id of its record.
$ cat >ie.json <<'END'
> {"nombre": "IE 90005 Cerro Peñón", "cod_mod": "0000005", "distrito": "Utco", "nivel": "B0", "tipo_ie": "multigrado", "ugel": "060001"}
> END
> SIMAE_TEST_SEED=ie simae registro crear institucion --respuestas ie.json --concluir | cut -d' ' -f2 >ie
> simae registro listar --formulario persona --json | jq -r .registro >p
> cat >c.json <<END
> {"tipo_compromiso": "docente", "ugel": "060001", "ie": "$(cat ie)", "responsable": "$(cat p)", "texto": "+Planificar; con las colegas", "evidencia_esperada": "Plan", "fecha_limite": "2026-05-10", "conforme": "conforme", "estado": "cumplido"}
> END
> simae registro crear compromiso --respuestas c.json --concluir 2>&1 | wc -l
1

$ simae tabla compromiso --json | jq -r '."responsable.id"' | cmp - p

$ simae tabla compromiso --ugel 060002 --json; simae tabla compromiso --ugel 060001 --json | wc -l
1

$ simae tabla compromiso --desde 2026-03-03 --json; simae tabla compromiso --desde 2026-03-02 --hasta 2026-03-02 --json | wc -l
1

$ simae tabla compromiso --estado validado --json; simae tabla compromiso --estado concluido --json | wc -l
1

$ simae tabla compromiso --estado cerrado
!~ --estado es concluido
!~ ^Uso
? 2

$ simae tabla compromiso --desde marzo
!~ --desde «marzo» no es una fecha
!~ ^Uso
? 2

$ simae tabla compromiso --salida tablas/; ls tablas; head -c 3 tablas/compromiso-seguimientos.csv | od -An -tx1
tablas/compromiso.csv
tablas/compromiso-seguimientos.csv
compromiso-seguimientos.csv
compromiso.csv
 ef bb bf

$ python3 -c "import csv; r = list(csv.DictReader(open('tablas/compromiso.csv', encoding='utf-8-sig', newline=''), delimiter=';')); print(r[0]['texto'])"
'+Planificar; con las colegas

$ simae tabla compromiso/nada
! simae: la ficha compromiso no tiene la tabla «nada»; tiene estas: seguimientos
? 1

# A question called as a column that every table has is told apart by its form; no table has a key twice.
$ simae tabla plan_visitas --formato csv-sin-marca | tr ';\r' '\n\n' | grep registro
registro
registro_padre
estado_registro
plan_visitas.registro

$ for form in plan_visitas ugel norma iluminar documento ata_asistencia; do
>   simae tabla $form --formato csv-sin-marca | sed -n 1p | tr ';' '\n' | sort | uniq -d
> done
