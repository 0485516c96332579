# Records from files of answers: all or nothing, and every problem by its question.

$ cat >p.json <<'END'
> {"apellidos": "Quispe Ñahui", "nombres": "Rosa", "cargo": "docente", "dni": "12345678"}
> END

$ simae registro crear persona --respuestas p.json --concluir
~ ^[0-9A-HJKMNP-TV-Z]+ [0-9a-f]+$

$ simae registro listar --formulario persona --json | jq -r '.titulo + "|" + .estado'
Quispe Ñahui, Rosa|concluido

# Nothing is stored when something is missing or wrong.
$ echo '{"apellidos": "Soto", "colr": 3, "cargo": "rey", "dni": "1234"}' >mal.json
> SIMAE_TEST_SEED=2 simae registro crear persona --respuestas mal.json --concluir
!~ ^colr: 
!~ ^nombres \(Nombres\): 
!~ ^cargo \(Cargo\): «rey»
!~ ^dni \(Número de documento\): El DNI tiene 8 dígitos
! simae: la ficha tiene 4 problemas; no se guardó nada
? 1

$ SIMAE_TEST_SEED=2 simae registro crear persona --respuestas mal.json --concluir --json 2>/dev/null | jq -r '.[].text' | wc -l
4

$ simae diagnostico --json | jq -c '[.directorio, .revisiones, .borradores]'
[1,1,0]

# Without --concluir what is missing may wait: a draft.
$ echo '{"apellidos": "Soto"}' | SIMAE_TEST_SEED=3 simae registro crear persona --respuestas - --json | jq -r 'keys | join(" ")'
codigo registro

$ simae diagnostico --json | jq -c '[.directorio, .revisiones, .borradores]'
[1,1,1]

$ echo '{"apellidos": ' | simae registro crear persona --respuestas - --concluir
! simae: -:2:0: no es JSON válido: termina antes de tiempo
? 1

$ echo '[1]' | simae registro crear persona --respuestas -
!~ ^simae: las respuestas deben ser un objeto JSON
? 1

$ simae registro crear persna --respuestas p.json
! simae: No hay un formulario «persna». ¿Quiso decir «persona»?
? 1

$ simae registro crear persona --respuestas no.json
! simae: no se puede abrir no.json: no existe
? 1

$ simae registro crear persona
! simae: diga la ficha y el archivo de respuestas
!~ ^Uso: simae registro
? 2

$ simae registro
! simae: diga crear, listar, ver, historia, archivos, validar, observar o purgar
!~ ^Uso: simae registro
? 2

# Reading: by code, by id, by the beginning of the id; in small letters too.
$ simae registro listar --formulario persona --json | jq -r '.codigo' >code
> simae registro listar --formulario persona --json | jq -r '.registro' >id

$ simae registro ver $(cat code) | head -n 1
Quispe Ñahui, Rosa

$ simae registro ver $(tr A-Z a-z <code) | head -n 1
Quispe Ñahui, Rosa

$ simae registro ver $(head -c 8 id) | grep -c 'Quispe Ñahui'
~ ^[12]$

# The whole revision is canonical JSON, named by its hash.
$ simae registro ver $(cat id) --json --sensibles | tr -d '\n' | b2sum -l 256 | cut -c 1-64 >hash
> simae registro historia $(cat id) --json | jq -r '.revision' | diff - hash && echo igual
igual

$ simae registro ver $(cat id) --json | jq -c '[.form, .op, .state, .gen, .par, .f.apellidos]'
["persona","put","concluido",1,[],"Quispe Ñahui"]

$ simae registro historia $(cat code) --json | jq -c '[.generacion, .fecha, .estado]'
[1,"2026-03-02T08:05:00.000-05:00","concluido"]

$ simae registro ver ZZZZZZZZ
!~ ^simae: No hay un registro «ZZZZZZZZ»
? 1

$ simae registro ver
! simae: diga el código o el identificador del registro
!~ ^Uso: simae registro
? 2

# Filters are expressions over the answers.
$ simae registro listar --formulario persona --filtro "starts-with(\${apellidos}, 'Qu')" --json | wc -l
1

$ simae registro listar --formulario persona --filtro "\${cargo} = 'director'" --json | wc -l
0

$ simae registro listar --formulario persona --filtro '1 +'
!~ ^simae: filtro, columna [0-9]+: 
? 1

$ simae registro listar --formulario persona --filtro '${nada} = 1'
! simae: filtro, columna 1: no existe la pregunta ${nada}
? 1

$ simae registro listar --filtro 'true()'
!~ ^simae: un filtro necesita saber de qué ficha
? 1

$ simae registro listar --formulario nada
!~ ^simae: No hay un formulario «nada»
? 1

# A repeat, a group of its own and a number that is not one.
$ cat >f.yaml <<'END'
> form: prueba
> version: "1"
> title: Prueba
> instance_name: ${titulo}
> survey:
>   - {type: text, name: titulo, label: Título, required: true}
>   - group: datos
>     label: Datos
>     survey:
>       - {type: integer, name: n, label: Cuántos}
>       - {type: date, name: dia, label: Día}
>   - repeat: filas
>     label: Filas
>     survey:
>       - {type: text, name: quien, label: Quién, required: true}
>       - {type: integer, name: nota, label: Nota, constraint: ". <= 20", constraint_message: Hasta 20}
>   - {type: calculate, name: total, label: Total, calculation: "sum(${nota})"}
> END
> simae formularios instalar f.yaml
1 fichas instaladas

$ cat >f.json <<'END'
> {"titulo": "Uno", "datos": {"n": 3, "dia": "2026-02-28"},
>  "filas": [{"quien": "Ana", "nota": 14}, {"quien": "Luz", "nota": 18}]}
> END
> SIMAE_TEST_SEED=4 simae registro crear prueba --respuestas f.json --concluir | wc -l
1

$ simae tabla prueba --formato ndjson | jq -c '[.titulo, .n, .dia, (.total | tonumber)]'
["Uno",3,"2026-02-28",32]

$ simae tabla prueba/filas --formato ndjson | jq -c '[.quien, .nota]'
["Ana",14]
["Luz",18]

$ echo '{"titulo": "Dos", "n": "muchos", "dia": "2026-02-30", "filas": [{"quien": "Ana", "nota": 21}, {"nota": 1}]}' |
> SIMAE_TEST_SEED=5 simae registro crear prueba --respuestas - --concluir
!~ ^n.*: se esperaba un número entero
!~ ^dia.*: se esperaba una fecha
!~ ^nota.*Hasta 20
!~ ^quien.*Falta
! simae: la ficha tiene 4 problemas; no se guardó nada
? 1

$ simae tabla prueba --formato ndjson | wc -l
1

# What earlier visits left open is looked at, not answered.
$ echo '{"compromisos_abiertos": ["00112233445566778899aabbccddeeff"]}' >v.json; simae registro crear simae_docente --respuestas v.json
!~ ^compromisos_abiertos: no es una pregunta
! simae: la ficha tiene 1 problema; no se guardó nada
? 1
