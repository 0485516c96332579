# Boards from the command line.

$ simae tablero | sed -n 3,5p
~ ^agenda +Agenda +Visitas
~ ^plan +Plan de visitas
~ ^compromisos +Compromisos

# The list needs no data; a board does.
$ simae tablero agenda
!~ ^simae: .*datos
? 1

$ cat >ie.json <<'END'
> {"nombre": "IE 90005 Cerro Peñón", "cod_mod": "0000005", "distrito": "Utco", "nivel": "B0", "tipo_ie": "multigrado", "ugel": "060001"}
> END
> cat >p.json <<'END'
> {"apellidos": "Quispe Ñahui", "nombres": "Rosa", "cargo": "docente", "ugel": "060001"}
> END
> SIMAE_TEST_SEED=ie simae registro crear institucion --respuestas ie.json --concluir | cut -d' ' -f2 >ie
> SIMAE_TEST_SEED=p simae registro crear persona --respuestas p.json --concluir >creada; cut -d' ' -f2 creada >p
> wc -l <p
1

# An open commitment, and one that is already met.
$ commit() {
>   printf '{"tipo_compromiso": "docente", "ugel": "060001", "ie": "%s", "responsable": "%s", "texto": "%s", "evidencia_esperada": "Plan", "fecha_limite": "%s", "conforme": "conforme", "estado": "%s"}' \
>     "$(cat ie)" "$(cat p)" "$1" "$2" "$3" | SIMAE_TEST_SEED="$1" simae registro crear compromiso --respuestas - --concluir >/dev/null
> }
> commit "Planificar con las colegas del grado" 2099-12-31 pendiente
> commit "Revisar los cuadernos cada semana" 2099-12-30 cumplido
> simae tablero compromisos --json | jq -c '[.plazo, .escuela, .responsable, .compromiso, .estado]'
["2099-12-31","IE 90005 Cerro Peñón · Utco","Quispe Ñahui, Rosa","Planificar con las colegas del grado","Pendiente"]

$ simae tablero compromisos --formato texto
~ ^ +Plazo +Vence +Escuela +Compromiso +Responsable
~ ^ *─
~ 31/12/2099 +en [0-9]+ días +IE 90005 Cerro Peñón · Utco
! 1 compromiso abierto: 0 vencidos, 0 vencen en 7 días.

$ simae tablero compromisos "$(cut -d' ' -f1 creada)" --formato csv | tail -n +2 | cut -d';' -f1
~ ^2099-12-31

$ simae tablero compromisos --ugel 060002 --json; simae tablero compromisos --hasta 2030-01-01 --json; simae tablero compromisos --persona "$(cat p)" --json | wc -l
1

$ simae tablero compromisos --formato csv --salida c.csv; head -c 3 c.csv | od -An -tx1
 ef bb bf

$ simae tablero cobertura 060001 --json | jq -c '[.docente, .visitas, .falta]'
["Quispe Ñahui, Rosa",0,"las dos"]

$ simae tablero escuela "$(cat ie)" --json | jq -r .parte
Compromisos

# What is refused.
$ simae tablero agend
! simae: No hay un tablero «agend»; ¿quiso decir «agenda»?
? 1

$ simae tablero escuela
! simae: El tablero «Escuela» necesita que se le diga de cuál.
!~ ^Uso: simae tablero
? 2

$ simae tablero escuela "$(cat p)"
!~ ^simae: .*aquí va uno de: institucion
? 1

$ simae tablero agenda --desde 31/12/2026
! simae: «31/12/2026» no es una fecha; escríbala como 2026-03-31.
? 1

$ simae tablero calendario 26
! simae: «26» no es un año; escriba uno como 2026.
!~ ^Uso: simae tablero
? 2
