# What a reserved alert says is in no output unless asked for by name: every one is searched for its words.

$ make() { f=$1; shift; SIMAE_TEST_SEED=$1 simae registro crear $f --respuestas - --concluir | cut -d ' ' -f 2; }
> ana=$(echo '{"apellidos":"Molle Ichu","nombres":"Sol","cargo":"mae","ugel":"060003"}' | make persona a)
> ie=$(echo '{"nombre":"Agua Clara","cod_mod":"0990001","nivel":"B0","tipo_ie":"multigrado","area_geo":"rural","distrito":"Retama","ugel":"060003"}' | make institucion b)
> cat >alerta.json <<END
> {"ugel": "060003", "ie": "$ie", "reporta": "$ana", "responsable": "$ana", "rama": "violencia", "relacion": "personal_a_estudiante",
> "tipo_violencia": ["psicologica"], "fecha_hecho": "2026-02-28", "fecha_conocimiento": "2026-03-01", "hora_conocimiento": "09:00",
> "urgencia": "no", "nivel_severidad": "alta", "descripcion": "ZARZAMORA: lo dijo delante de todo el grupo", "siglas": "X. Y. Z.",
> "n_estudiantes": 1, "accion_inmediata": ["director"], "paso": "accion", "siseve_reportado": "si", "siseve_fecha": "2026-03-01",
> "siseve_codigo": "CASO-ZARZAMORA-77", "acta_ugel": "si", "denuncia": "si",
> "acciones": [{"accion_fecha": "2026-03-01", "accion_que": "Reunión ZARZAMORA con la dirección", "accion_quien": "$ana"}],
> "leccion": "ZARZAMORA otra vez"}
> END
> cat >visita.json <<END
> {"fecha": "2026-03-01", "tipo": "equipo_mae", "hora_inicio": "08:00", "hora_fin": "09:00", "medio": "presencial", "ugel": "060003",
> "asistentes": [{"asistente": "$ana"}, {"asistente": "$(echo '{"apellidos":"Ruda","nombres":"Mar","cargo":"docente"}' | make persona c)"}],
> "agenda": "Alertas", "avances": "Se revisaron", "decisiones": "Seguir", "alertas_revisadas": [$(cat alerta.json)]}
> END
> make reunion_acta d <visita.json >acta; make alerta e <alerta.json >alerta
> for f in alerta acta; do grep -c . $f; done
1
1

# Everything there is to print, with the name of what printed it in front.
$ all() { "$@" 2>&1 | sed "s|^|$*: |"; }
> everything() {
>   for format in csv ndjson texto; do
>     for form in alerta alerta/acciones reunion_acta reunion_acta/asistentes institucion persona compromiso; do all simae tabla $form --formato $format; done
>     for board in $(simae tablero --formato ndjson | jq -r '.[keys_unsorted[0]]'); do
>       all simae tablero $board --formato $format; all simae tablero $board $ie --formato $format; done
>     all simae registro listar --formato $format; all simae registro listar --formulario alerta --formato $format
>   done
>   all simae registro listar --json; all simae registro listar --formulario alerta --filtro 'contains(${descripcion}, "ZARZA")'
>   for id in $(cat acta alerta) $ie $ana; do
>     all simae registro ver $id; all simae registro historia $id; all simae registro ver $id --json
>     all simae ficha $id; all simae ficha $id --formato html
>   done
>   all simae ficha alerta; all simae formularios listar; all simae formularios ver alerta; all simae diagnostico; all simae diagnostico --json
> }
> everything >salida.txt; grep -c . salida.txt >lines; test $(cat lines) -gt 200 && echo mucho
mucho

$ grep -i -e zarzamora -e 'X\. Y\. Z' salida.txt
? 1

# The bundle, taken apart by others; and the names of what was written. Asked for by name, it is there.
$ unpack() { mkdir $1; simae abrir --frase-archivo frase $2/*.simae | tar x -C $1; zstd -qd $1/*/*.zst; grep -rlE 'ZARZAMORA|X\. Y\. Z' $1 | grep -c ndjson; }
> echo 'una frase de varias palabras' >frase; mkdir usb todo; simae exportar --a usb --frase-archivo frase >exportado 2>&1; unpack paquete usb
> grep -c -i zarzamora exportado; find . -name '*ZARZAMORA*' | wc -l
> SIMAE_TEST_SEED=2 simae exportar --a todo --sensibles --frase-archivo frase >/dev/null 2>&1; unpack entero todo
0
0
0
~ ^[1-9]

# By name, they say it.
$ simae registro ver $(head -1 alerta) --sensibles | grep -c -e ZARZAMORA -e 'X\. Y\. Z\.'
> simae tabla alerta --formato ndjson --sensibles | jq -r .siseve_codigo | sort -u
> simae ficha $(head -1 alerta) --sensibles | grep -c ZARZAMORA
~ ^[1-9]
CASO-ZARZAMORA-77
~ ^[1-9]
