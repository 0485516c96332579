# Programa SER: the drafts that concluding a trainer's visit begins, what an anonymous survey keeps, what a report counts.
# The records are those of tests/fichas.

$ jq -r '.[] | .alias, .form, (.answers | tojson)' "$TREE"/tests/fichas/directorio/[12]0-*.json >list
> : >names
> while read -r alias && read -r form && read -r answers; do
>   printf '%s\n' "$answers" | sed -f names | SIMAE_TEST_SEED=$alias simae registro crear $form --respuestas - --concluir >made
>   read -r _ id <made; printf 's/"@%s"/"%s"/g\n' $alias $id >>names
> done <list
> simae diagnostico --json | jq -c '.borradores'
0

# A visit that asks for a replacement and finds an ILUMINAR trainer leaves a draft of each, and its plan is done.
$ sed -f names "$TREE/tests/fichas/pser_formador/completa.json" | SIMAE_TEST_SEED=visit \
>   simae registro crear pser_formador --respuestas - --concluir >made
> simae diagnostico --json | jq -c '.borradores'
> simae registro ver $(sed -n 's/.*"@plan_hugo".*"\([0-9a-f]*\)".*/\1/p' names) --json | jq -r '.f.estado_visita'
2
realizada

# Why a trainer is replaced may be a matter of health: it is in no list, and in no page unless asked for.
$ sed -f names "$TREE/tests/fichas/pser_reemplazo/completa.json" | SIMAE_TEST_SEED=replaced \
>   simae registro crear pser_reemplazo --respuestas - --concluir >made
> read -r _ id <made; simae registro ver $id | grep -c Salud; simae tabla pser_reemplazo | grep -ci salud
> simae registro listar --json | grep -ci salud; simae registro ver $id --sensibles | grep Salud
0
0
0
 Motivo: Salud

# An anonymous answer says nothing of who gave it, with which laptop or when; its day and its UGEL are those of the event.
$ sed -f names "$TREE/tests/fichas/ata_satisfaccion/minima.json" | SIMAE_TEST_SEED=survey \
>   simae registro crear ata_satisfaccion --respuestas - --concluir >made
> read -r _ id <made; simae registro ver $id --json | jq -c '[.author, .device, .when, .f.fecha, .f.ugel]'
["","00000000000000000000000000000000","2026-03-02T00:00:00.000-05:00","2025-09-12","060001"]

# The weekly report counts the alerts of its team: an operative one, and that of technical support opened in the visit.
$ sed -f names "$TREE/tests/fichas/alerta/minima.json" | jq '.fecha_hecho = "2026-02-27"' | SIMAE_TEST_SEED=alert \
>   simae registro crear alerta --respuestas - --concluir >made
> sed -f names "$TREE/tests/fichas/pser_reporte_modulo/minima.json" | SIMAE_TEST_SEED=week \
>   simae registro crear pser_reporte_modulo --respuestas - --concluir >made
> read -r _ id <made; simae registro ver $id | grep 'Alertas abiertas'
 Alertas abiertas y resueltas: Abiertas: 2 · resueltas: 0

# The second week proposes what the first one said, for the same edition.
$ sed -f names "$TREE/tests/fichas/pser_reporte_modulo/minima.json" |
>   jq '.semana = "2025-11-17" | del(.modulo, .edicion, .etapa, .inscritos, .sesiones_previstas)' | SIMAE_TEST_SEED=next \
>   simae registro crear pser_reporte_modulo --respuestas - --concluir >made
> read -r _ id <made; simae registro ver $id --json | jq -c '[.f.modulo, .f.edicion, .f.etapa, .f.inscritos, .f.sesiones_previstas]'
["convive","2025-II","desarrollo",180,16]
