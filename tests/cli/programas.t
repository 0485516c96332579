# Boards of CAP, MGEA and Programa SER over records made with the real forms; those of tests/fichas, on 7 December 2026.

$ cat >at <<'END'
> SIMAE_TEST_NOW=2026-12-07T08:05:00-05:00 simae "$@"
> END
> cat >make <<'END'
> sed -f names | SIMAE_TEST_SEED=$1 SIMAE_TEST_NOW=2026-12-07T08:05:00-05:00 simae registro crear $2 --respuestas - --concluir >made || cat made
> read -r _ id <made; printf 's/"@%s"/"%s"/g\n' $1 $id >>names
> END
> cat "$TREE"/tests/fichas/directorio/[12]0-*.json | jq -cr '.[] | .alias, .form, .answers' >list
> : >names
> while read -r alias && read -r form && read -r answers; do printf '%s\n' "$answers" | sh make $alias $form; done <list
> jq -c '.estrategia_dif = "autogestionada" | .fecha = "2026-11-10" | .proxima_fecha = "2026-11-24"' \
>   "$TREE/tests/fichas/cap_sesion/minima.json" | sh make session1 cap_sesion
> sh make session2 cap_sesion <"$TREE/tests/fichas/cap_sesion/minima.json"
> jq -c '.fecha_corte = "2026-07-06" | .proxima_visita = "2026-12-14"' "$TREE/tests/fichas/mgea_checklist/minima.json" | sh make check1 mgea_checklist
> jq -c '.aut_1_estado = "en_proceso" | .aut_1_fase = "sonar" | .aut_1_actores = ["docentes"] | .aut_1_fecha_meta = "2026-11-30" |
>   .ter_4_estado = "na"' "$TREE/tests/fichas/mgea_checklist/minima.json" | sh make check2 mgea_checklist
> sh make plan cap_plan <"$TREE/tests/fichas/cap_plan/completa.json"
> jq -c '.numero = 1 | .fecha = "2026-09-08" | .tipo_evento = "ata"' "$TREE/tests/fichas/ata_asistencia/minima.json" | sh make ata ata_asistencia
> jq -c '.programa = "ser" | .modulo = "convive" | .edicion = "2025-II" | .fecha = "2025-10-06" | .ponentes = [{pon_persona: "@formador_hugo"}] |
>   .participantes = [{part_persona: "@docente_ana", part_apellidos: "Chuquilín Soto", part_nombres: "Ana", part_cargo: "docente", part_dni: "00000000"}]' \
>   "$TREE/tests/fichas/ata_asistencia/minima.json" | sh make list1 ata_asistencia
> sh make ana pser_participante <"$TREE/tests/fichas/pser_participante/minima.json"
> jq -c '.hasta = "2026-12-12" | .desde = "2026-11-24"' "$TREE/tests/fichas/pser_reemplazo/completa.json" | sh make swap pser_reemplazo
> cat >show <<'END'
> board=$1; shift; sh at tablero $board "$@" --formato csv | tail -n +2 | tr -d '\r'
> END
> cat >id <<'END'
> sed -n "s/.*@$1\\\"[^\"]*\"\([0-9a-f]*\)\".*/\1/p" names
> END
> wc -l <names
33

# The route begins in the week of its first plenary; a session that says its strategy does a milestone too.
$ sh show cap-ruta | cut -d';' -f1-5,7 | sed -n '1,3p;9,10p'
1;7 al 11 set;ATA 1;hecho;2026-09-08;1
2;14 al 18 set;Taller 1: Metodología CAP;atrasado hace 80 días;;
3;21 set al 2 oct;Autogestionada 1;atrasado hace 66 días;;
10;9 al 20 nov;Autogestionada 3;hecho;2026-11-10;1
10;9 al 13 nov;Acompañamiento 2;atrasado hace 24 días;;

# … or in the week that is asked for.
$ sh show cap-ruta 2026-11-09 | cut -d';' -f1-5 | head -3
1;9 al 13 nov;ATA 1;atrasado hace 24 días;
2;16 al 20 nov;Taller 1: Metodología CAP;atrasado hace 17 días;
3;23 nov al 4 dic;Autogestionada 1;hecho;2026-11-10

$ simae tablero cap-ruta mañana
!~ ^simae: «mañana» no es una fecha; escriba el lunes en que empieza la ruta, como 2022-09-05[.]$
!~ ^Uso: 
? 2

# A community keeps the date that it announced; its agreements are those of its sessions.
$ sh show cap | cut -d';' -f1-10
Maestras del Peñón;2;2026-11-25;2026-12-09;en 2 días;100 % (1 de 1);67;2;2;0

$ sh show cap-comunidad $(sh id cap_a) | cut -d';' -f1-6
1;2026-11-10;;2 de 3;0 de 1 cumplidos;Entender por qué pocos argumentan sus respuestas
2;2026-11-25;sí: 1 día después;2 de 3;0 de 1 cumplidos;Entender por qué pocos argumentan sus respuestas
;2026-12-09;en 2 días;;;Próxima sesión

# The plan: what each question says, and the schedule counted.
$ sh show cap-plan | sed -n '1,2p;17p'
1 · Presupuesto;respondida;En parte · 4500 · Unos 2000 soles del gobierno local
2 · Normativa;respondida;En parte · Incluir las CAP en el plan anual de la UGEL
17 · Cronograma;respondida;"1 de 2 actividades ejecutadas (50 %); atrasadas: 1"

# MGEA: what does not apply is not in the total.
$ sh show mgea
90017 Laguna Brava · Cajamarca;0/24;igual;Implementar;0/2;0/6;0/3;0/3;0/5;0/2;0/3;2026-11-25;2026-07-06;;Cajamarca

$ sh show mgea 060004
$ sh show mgea-ie $(sh id ie_b) | cut -d';' -f1-6 | head -2
Autonomía;Definir la escuela que quieren ser;↑ En proceso;No iniciado;venció 30/11;Soñar
Autonomía;Actualizar los instrumentos de gestión;No iniciado;No iniciado;;

$ sh show mgea-fases
Cajamarca;(sin red);1;0;0;1;0;0;2026-11-25;"060001"

$ sh show mgea-calendario | tail -2
2023;noviembre;;;X;;0;pasó
2023;diciembre;;;X;X;0;hoy (2023)

# Programa SER: the trainer who replaces has the participants; who inscribed them stays written.
$ sh show ser
CONVIVE;2025-II;Cajamarca;Desarrollo;2;0;0;0;0;0;;sin reportes;1;1;0;0;
CONVIVE;2025-I;Cajamarca;Desarrollo;180;150;;;0;0;7/16;sin reporte 56 sem.;0;0;0;0;2025-11-03

$ sh show ser-formadores convive/2025-II/060001 | cut -d';' -f1-8
Vásquez Mori, Nila;2;de Carrasco, H. hasta 12/12;3,0 logrado;78;evaluación al día, repositorio;2025-11-13;0
Carrasco Llamo, Hugo;0;por Vásquez, N. hasta 12/12;;;sin monitoreo;;2

$ sh show ser-participantes $(sh id formador_hugo) | cut -d';' -f1-8
Chuquilín Soto, Ana;Inscrito(a);100 % (1 de 1);por Vásquez, N. hasta 12/12;0 de 0;Carrasco, H. → Vásquez, N. desde 24/11 hasta 12/12;CONVIVE;2025-II
Ortiz Yopla, Luz;Inscrito(a);0 % (0 de 1);por Vásquez, N. hasta 12/12;0 de 0;Carrasco, H. → Vásquez, N. desde 24/11 hasta 12/12;CONVIVE;2025-II

# When the replacement is over, the first trainer has them again.
$ sed -i s/2026-12-07/2026-12-13/ at
> sh show ser-formadores convive/2025-II/060001 | cut -d';' -f1-3
Carrasco Llamo, Hugo;2;
Vásquez Mori, Nila;0;

# Neither DNI nor why somebody is replaced.
$ for board in ser ser-formadores "ser-participantes $(sh id formador_hugo)"; do sh show $board | grep -ciE '00000000|salud' || :; done
0
0
0

$ simae tablero ser-participantes
! simae: El tablero «Participantes» necesita que se le diga de cuál.
!~ ^Uso: 
? 2
