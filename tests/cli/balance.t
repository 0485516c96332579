# The Balance: figures kept with each record, beside the baseline and the period before.

$ cat >ie.json <<'END'
> {"nombre": "IE 90005 Cerro Peñón", "cod_mod": "0000005", "distrito": "Utco", "nivel": "B0", "tipo_ie": "multigrado", "ugel": "060001"}
> END
> SIMAE_TEST_SEED=ie simae registro crear institucion --respuestas ie.json --concluir | cut -d' ' -f2 >ie
> cat >p.json <<'END'
> {"apellidos": "Quispe Ñahui", "nombres": "Rosa", "cargo": "docente", "ugel": "060001"}
> END
> SIMAE_TEST_SEED=p simae registro crear persona --respuestas p.json --concluir >creada; cut -d' ' -f2 creada >p
> cat >funciones <<'END'
> commit() {
>   printf '{"tipo_compromiso": "docente", "ugel": "%s", "ie": "%s", "responsable": "%s", "texto": "Planificar con las colegas del grado", "evidencia_esperada": "Plan", "fecha_limite": "%s", "conforme": "conforme", "estado": "%s"}' \
>     "${4:-060001}" "$(cat ie)" "$(cat p)" "$2" "$3" | SIMAE_TEST_NOW=2025-01-10T09:00:00-05:00 SIMAE_TEST_SEED="$1" simae registro crear compromiso --respuestas - --concluir 2>/dev/null
> }
> totales() {
>   sqlite3 datos/simae.db "SELECT dimension, p.text, i.text, u.text, v.text, b.text, num, den, partial, n FROM total
>     JOIN fact_word p ON p.pk = period JOIN fact_word i ON i.pk = indicator JOIN fact_word u ON u.pk = ugel
>     JOIN fact_word v ON v.pk = value JOIN fact_word b ON b.pk = part ORDER BY 1, 2, 3, 4, 5, 6"
> }
> END
> wc -l <ie
1

# Six commitments of one quarter and one of the one before; the seventh of the quarter is annulled and does not count.
$ . ./funciones
> for i in 1 2 3; do commit "c$i" 2025-05-10 cumplido; done | wc -l
> for i in 4 5; do commit "c$i" 2025-06-20 pendiente; done | wc -l
> commit c6 2025-06-21 cumplido_parcial 060002 | wc -l; commit c7 2025-06-22 anulado | wc -l; commit c8 2025-02-01 pendiente | wc -l
3
2
1
1
1

$ simae balance --periodo 2025-T2 --formato ndjson | jq -r 'select(.clave == "com_cumplidos") | [.valor, .n, .numerador, .denominador, .en_parte, .anterior, .diferencia] | @json'
[50,6,3,6,1,0,50]

$ simae balance --periodo 2025-T2 --ugel 060002 --json | jq -r 'select(.clave == "com_cumplidos") | [.valor, .n, .ugel] | @json'
[0,1,"060002"]

$ simae balance --periodo 2025 --por ugel --formato csv | grep '^com_cumplidos' | cut -d';' -f5-9
~ ^"060001";"060001";Cajamarca;50.0;6$
~ ^"060002";"060002";Cajabamba;0.0;1$

# A teaching block of the calendar: 26 May to 25 July.
$ simae balance --periodo 2025_l2 --json | jq -r 'select(.clave == "com_cumplidos") | [.n, .numerador, .anterior] | @json'
[3,0,100]

# A baseline stands with its year and source also where nothing was counted.
$ simae balance --periodo 2025-T2 --json | jq -r 'select(.clave == "doc_caracteriza") | [.valor, .n, .linea_base, .anio_base, .fuente] | @json'
[null,0,46,"2022","S2:225, S2:15"]

$ simae balance --periodo 2025-T2 --formato texto | head -1
~ ^Indicador +Unidad +Valor +n +Línea base +Año +Fuente +Anterior +Diferencia

# Below the minimum neither the figure nor how many.
$ simae balance --json --periodo 2025-T2 | jq -r 'select(.aviso == "Muy pocos para mostrarlo") | [.valor, .n] | @json' | sort -u

$ simae balance --formato csv --salida b.csv; head -c 3 b.csv | od -An -tx1; wc -l <b.csv | tr -d ' ' >filas; simae balance --json | wc -l >registros; test "$(cat filas)" -eq "$(($(cat registros) + 1))" && echo una fila por indicador
 ef bb bf
una fila por indicador

# Targets: of a UGEL in a period, of the year, of the region; the nearest one stands beside the figure, and how far it is.
$ . ./funciones
> meta() {
>   printf '{"indicador": "com_cumplidos", "ugel": "%s", "anio": 2025, %s "valor": %s, "fijada_por": "%s", "fecha": "2025-01-10"}' "$2" "$3" "$4" "$(cat p)" |
>     SIMAE_TEST_NOW=2025-01-11T09:00:00-05:00 SIMAE_TEST_SEED="$1" simae registro crear meta --respuestas - --concluir 2>/dev/null
> }
> printf '{"clave": "2025_t2", "nombre": "Segundo trimestre", "tipo": "trimestre", "inicio": "2025-04-01", "fin": "2025-06-30"}' >periodo.json
> SIMAE_TEST_SEED=per simae registro crear periodo --respuestas periodo.json --concluir | cut -d' ' -f2 >periodo
> meta m1 060001 "\"periodo\": \"$(cat periodo)\"," 70.5 >/dev/null; meta m2 060001 "" 80 >/dev/null; meta m3 060000 "" 40 >/dev/null
> simae balance --periodo 2025-T2 --json --por ugel | jq -r 'select(.clave == "com_cumplidos") | [.ugel, .valor, .meta, .brecha, .meta_estado] | @json'
> simae balance --periodo 2025 --json | jq -r 'select(.clave == "com_cumplidos") | [.valor, .meta, .brecha, .meta_estado] | @json'
> simae balance --periodo 2025 --ugel 060001 --json | jq -r 'select(.clave == "com_cumplidos") | [.meta, .meta_estado] | @json'
["060001",60,70.5,-10.5,"por lograr"]
["060002",0,40,-40,"por lograr; es la del año; es la de la región"]
[42.9,40,2.9,"lograda"]
[80,"por lograr"]

# A rebuild gives the same totals; so does a change of the indicators and back.
$ . ./funciones
> totales >antes; simae diagnostico --reconstruir >/dev/null; totales >despues; cmp antes despues && wc -l <antes | grep -c '[1-9]'
1

$ . ./funciones; cp -R "$SIMAE_FORMS" otras; sed -i "s/num: \"\${estado} = 'cumplido'\"/num: \"\${estado} != 'pendiente'\"/" otras/indicadores.yaml
> simae balance --fichas otras --periodo 2025-T2 --json | jq -r 'select(.clave == "com_cumplidos") | .numerador'
> simae balance --periodo 2025-T2 --json | jq -r 'select(.clave == "com_cumplidos") | .numerador'; totales >despues; cmp antes despues
4
3

# Outside of the program: a page, a poster and a workbook.
$ simae balance --periodo 2025-T2 --formato html >b.html; simae balance --periodo 2025-T2 --salida c.html; cmp b.html c.html && grep -o '<h1>.*</h1>' b.html
<h1>Balance regional</h1>

$ grep -o '<strong>Todas las UGEL · T2 2025</strong> (.*) ·' b.html; simae balance --periodo 2025-T2 --ugel 060002 --formato html | grep -o '<strong>UGEL Cajabamba · T2 2025</strong>'
<strong>Todas las UGEL · T2 2025</strong> (01/04/2025 a 30/06/2025) ·
<strong>UGEL Cajabamba · T2 2025</strong>

# The same figures as in the table, with what they are set against, by UGEL too.
$ sed -n '/id="i-com_cumplidos"/,/<.article>/p' b.html | sed 's/\xc2\xa0/ /g' | grep -oE '<strong>.*</strong>|<th scope="row">Caja.*'
<strong>50.0 %</strong>
<th scope="row">Cajamarca</th><td>0.0 % <small>1</small></td><td>60.0 % <small>5</small></td></tr>
<th scope="row">Cajabamba</th><td>—</td><td>0.0 % <small>1</small></td></tr>

# Every baseline is there although nothing was counted; nothing runs, and nothing comes from elsewhere.
$ simae indicadores --json | jq -r 'select(.linea_base) | .clave' >claves
> while read -r clave; do simae indicadores "$clave" --json; done <claves >indicadores; python3 "$TREE/tests/tools/page_bases.py" b.html indicadores | cut -d' ' -f2-
> ! grep -E '<script|<link|<img|https?://[^w]|url\(' b.html
~ ^líneas base de [0-9]+ indicadores$

# A period of one's own goes by its name; under a chart, where there is no room for it, by its code.
$ printf '{"clave": "2025_t1", "nombre": "Primer trimestre", "tipo": "trimestre", "inicio": "2025-01-01", "fin": "2025-03-31"}' >periodo.json
> SIMAE_TEST_SEED=pe1 simae registro crear periodo --respuestas periodo.json --concluir >/dev/null
> simae balance --periodo 2025_t2 --formato html >propio.html; grep -o '<strong>Todas las UGEL · Segundo trimestre</strong> ([^)]*)' propio.html; grep -o 'class="small"[^>]*>2025_t[12]<\|<th scope="col">[^<]* trimestre<' propio.html | cut -d'>' -f2 | sort -u
<strong>Todas las UGEL · Segundo trimestre</strong> (01/04/2025 a 30/06/2025)
2025_t1<
2025_t2<
Primer trimestre<
Segundo trimestre<

$ simae tablero balance 'periodo=2025_t2' 2>&1 >/dev/null | cut -d: -f1
Segundo trimestre (2025_t2), todas las UGEL

$ simae balance --periodo 2025 --formato poster --salida p.html; grep -o '<header><h1>.*</h1>' p.html
<header><h1>Balance regional</h1>

$ simae balance --periodo 2025-T2 --salida b.xlsx; python3 -m zipfile -e b.xlsx libro; grep -o 'sheet name="[^"]*"' libro/xl/workbook.xml; ls libro/xl/charts | wc -l
sheet name="Resumen"
sheet name="Indicadores"
sheet name="Evolución"
sheet name="Por UGEL"
sheet name="Datos"
sheet name="Gráficos"
sheet name="Explicación"
2

$ simae balance --periodo 2025-T2 --por nivel --salida n.xlsx; python3 -m zipfile -e n.xlsx nivel; grep -o 'sheet name="Por[^"]*"' nivel/xl/workbook.xml
sheet name="Por Nivel"

$ python3 -c 'import pty, sys; pty.spawn(sys.argv[1:])' simae balance --formato xlsx | tr -d '\r'
simae: el formato xlsx no se lee en la terminal; agregue --salida ARCHIVO.xlsx

$ simae balance --formato html 2>dicho >/dev/full; head -n 1 dicho
~ ^simae: .*no queda espacio

$ simae balance --formato html --salida no/hay/b.html
!~ ^simae: .*no/hay
? 1

$ simae balance --periodo 2025-T2 --formato json | jq -r 'map(select(.clave == "com_cumplidos")) | .[0].n'
6

# A UGEL adds an indicator with a file of its own in the data folder; its parameters and keys go before the program's.
$ mkdir -p datos/formularios; cat >datos/formularios/indicadores.yaml <<'END'
> parameters:
>   minimo_personas: {value: 3, label: Con menos no se muestra}
> indicators:
>   - key: propio_reprogramados
>     label: Compromisos de responsables con nombre propio
>     unit: porcentaje
>     counts: persona
>     mark: C
>     numerator: cumplidos
>     denominator: todos
>     sources:
>       - {form: compromiso, num: "${estado} = 'cumplido'"}
>     unfed: Es de prueba.
> END
> simae indicadores --formato csv | tail -n 1 | tr -d "\r"; simae indicadores propio_reprogramados --json | jq .minimum
> simae balance --periodo 2025 --json | jq -r 'select(.clave == "propio_reprogramados") | [.valor, .n] | @json'
propio_reprogramados;Compromisos de responsables con nombre propio;porcentaje;;
3
[37.5,8]

# One of the two UGEL is below the minimum; the other would tell it, beside the region.
$ simae balance --periodo 2025 --por ugel --json | jq -r 'select(.clave == "propio_reprogramados") | [.ugel, .n, .aviso] | @json'
["060001",null,"No se muestra: por resta se sabría otro muy pequeño"]
["060002",null,"Muy pocos para mostrarlo"]

$ printf 'indicators:\n  - key: com_vencidos\n    label: Otra vez\n' >datos/formularios/indicadores.yaml
> simae balance --periodo 2025 --json | jq -r 'select(.clave == "com_vencidos") | .indicador'; rm datos/formularios/indicadores.yaml
Compromisos vencidos
!~ ^simae: aviso: Hay indicadores con errores

# Taken in with a copy of the forms; a copy without changes is no file of the UGEL's.
$ cp -r "$SIMAE_FORMS" mias; simae formularios instalar mias >/dev/null; test -e datos/formularios/indicadores.yaml || echo no está
> sed -i 's/label: Compromisos por criterio/label: Por criterio/' mias/indicadores.yaml; simae formularios instalar mias >/dev/null
> simae balance --periodo 2025 --json | jq -r 'select(.clave == "com_por_criterio") | .indicador'; rm -r datos/formularios
> simae balance --periodo 2025 --json | jq -r 'select(.clave == "com_por_criterio") | .indicador'
no está
Por criterio
Compromisos por criterio

# What is refused.
$ simae balance --periodo 2025-T5
!~ «2025-T5» no es un periodo
!~ ^Uso
? 2

$ simae balance --periodo ayer --formato html
!~ «ayer» no es un periodo
!~ ^Uso
? 2

$ simae balance --por escuela
!~ --por es ugel, nivel, area
!~ ^Uso
? 2

# The records that make a figure, with what each adds; what they add is the figure.
$ simae balance com_cumplidos --registros --periodo 2025-T2 --formato ndjson 2>resumen | jq -s -c '[length, (map(.numerador) | add), (map(.denominador) | add), (map(.n) | add)]'; cat resumen
[6,3,6,6]
3 de 6 = 50.0 % (registros: 6). II trimestre de 2025, todas las UGEL.
Compromisos cumplidos

$ simae balance com_cumplidos --registros --periodo 2025-T2 --ugel 060002 --formato csv 2>/dev/null | sed 1d | cut -d';' -f4
en parte: 0 de 1

$ simae balance com_cumplidos --registros --periodo 2025-T2 --por nivel --valor B0 --formato ndjson 2>/dev/null | wc -l
0

$ simae balance com_cumplido --registros
!~ ¿quiso decir «com_cumplidos»?
!~ ^Uso
? 2

$ simae balance com_cumplidos --registros --por nivel
!~ --por y --valor van juntos
!~ ^Uso
? 2

$ simae balance com_cumplidos
!~ un indicador va con --registros
!~ ^Uso
? 2
