# The lists that decide something by date or by a column: school calendar, protocol of an alert, days to answer.

$ cp -R "$TREE/forms" fichas
> cat >fichas/comun/prueba.yaml <<'END'
> form: prueba
> version: "1"
> title: Prueba
> instance_name: "'x'"
> survey:
>   - group: g
>     label: G
>     survey:
>       - repeat: dias
>         label: Días
>         survey:
>           - {type: date, name: dia, label: Día}
>           - {type: calculate, name: tramo, label: T, calculation: "range-lookup('calendario', 'name', 'inicio', 'fin', ${dia})"}
>           - {type: calculate, name: con_filas, label: C, calculation: "instance-lookup('calendario', 'anio', 'anio', format-date(${dia}, '%Y'))"}
>           - {type: calculate, name: norma, label: N, calculation: "range-lookup('protocolo_norma', 'name', 'desde', 'hasta', ${dia})"}
>       - type: calculate
>         name: plazos
>         label: P
>         calculation: >-
>           concat(instance-lookup('severidad', 'dias', 'name', 'critica'), ' ', instance-lookup('severidad', 'dias', 'name',
>           'alta'), ' ', instance-lookup('severidad', 'dias', 'name', 'media'), ' ', instance-lookup('severidad', 'dias',
>           'name', 'baja'))
> END
> export SIMAE_FORMS=$PWD/fichas
> echo '{"dias": [{"dia": "2026-03-15"}, {"dia": "2026-03-16"}, {"dia": "2026-05-15"}, {"dia": "2026-05-16"},
>  {"dia": "2026-07-27"}, {"dia": "2026-12-18"}, {"dia": "2026-12-31"}, {"dia": "2025-09-01"}, {"dia": "2025-09-02"},
>  {"dia": "2025-10-20"}, {"dia": "2024-06-03"}]}' | simae registro crear prueba --respuestas - --concluir >/dev/null

$ simae tabla prueba/dias --formato ndjson | jq -r '[.dia, .tramo, .con_filas, .norma] | join(" ")'
2026-03-15  2026 rm_383_2025
2026-03-16 2026_l1 2026 rm_383_2025
2026-05-15 2026_l1 2026 rm_383_2025
2026-05-16  2026 rm_383_2025
2026-07-27 2026_g3 2026 rm_383_2025
2026-12-18 2026_l4 2026 rm_383_2025
2026-12-31 2026_g5 2026 rm_383_2025
2025-09-01 2025_l3 2025 rm_274_2020
2025-09-02 2025_l3 2025 rm_383_2025
2025-10-20 2025_l4 2025 rm_383_2025
2024-06-03   rm_274_2020

$ simae tabla prueba --formato ndjson | jq -r .plazos
0 1 3 7

# No row of the calendar ends before it begins or meets the one before it.
$ sed -n 's/.*inicio: "\([^"]*\)", fin: "\([^"]*\)"}.*/\1 \2/p' "$TREE/forms/listas/calendario.yaml" | sort >tramos
> awk '$2 < $1 || $1 <= last { print } { last = $2; n++ } END { print (n >= 18) }' tramos
1
