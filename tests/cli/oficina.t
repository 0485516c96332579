# The office validates and observes; what it says travels back, and neither ends nor makes a change of answers.

$ echo '{"apellidos": "Quispe", "nombres": "Rosa", "cargo": "docente"}' >rosa.json
> mkdir usb; echo 'la lluvia llega tarde' >frase
> simae registro crear persona --datos a --respuestas rosa.json --concluir | cut -d' ' -f2 >rosa
> simae exportar --datos a --a usb/a1.simae --frase-archivo frase >nada; SIMAE_TEST_SEED=9 simae importar --datos o usb/a1.simae --frase-archivo frase
a1.simae: 1 nuevo, 0 actualizados, 0 ya recibidos, 0 en espera, 0 rechazados

# Whoever made it does not say it is good.
$ simae registro validar $(cat rosa) --datos a
!~ ^simae: Quien hizo la ficha no la valida ni la observa
? 1

$ simae registro observar $(cat rosa) --datos o
! simae: Escriba qué debe revisar quien hizo la ficha.
? 1

$ printf 'Falta el documento.\nY el teléfono.\n' | SIMAE_TEST_SEED=2 simae registro observar $(cat rosa) --datos o --comentario - | cut -d' ' -f2
observado

$ simae registro ver $(cat rosa) --datos o | sed -n '2,6p' | sed 's/.* · \([a-z]*\)$/\1/'
observado
Observada por esta laptop el 02/03/2026 08:05:
Falta el documento.
Y el teléfono.
Falta corregirla.

$ simae registro ver $(cat rosa) --datos o --json | jq -c '[.state, (.reviews[] | .state, .comment, .in_force), .f.nombres]'
["observado","observado","Falta el documento.\nY el teléfono.",true,"Rosa"]

# It goes back, as any revision does, and comes out as an update.
$ SIMAE_TEST_SEED=3 simae exportar --datos o --a usb/o1.simae --frase-archivo frase >nada; simae importar --datos a usb/o1.simae --frase-archivo frase
o1.simae: 0 nuevos, 1 actualizado, 0 ya recibidos, 0 en espera, 0 rechazados

$ simae registro listar --datos a --formulario persona --json | jq -r '.titulo + "|" + .estado'
Quispe, Rosa|observado

$ simae tablero observadas --datos a --formato csv | tail -n +2 | cut -d';' -f1,2
observada;Quispe, Rosa

$ simae registro historia $(cat rosa) --datos a --json | jq -c '[.generacion, .estado, .situacion]'
[1,"concluido",null]
[2,"observado","vigente"]

# Who sent, and how long ago.
$ simae tablero envios --datos o --formato csv | tail -n +2 | tr -d '\r' | cut -d';' -f1,3,4,7-10 | sed 's/;[0-9a-f]\{32\};/;X;/'
hoy;X;2026-03-02;1;1;0;0

$ SIMAE_TEST_NOW=2026-03-12T10:00:00-05:00 simae tablero envios --datos o | tail -n 1 | cut -c1-16
! 1 laptop; 1 sin enviar en más de una semana.
~  hace 10 días

# A validation closes it, and is not said twice.
$ SIMAE_TEST_SEED=4 simae registro validar $(cat rosa) --datos o | cut -d' ' -f2
validado

$ simae registro validar $(cat rosa) --datos o
! simae: La ficha ya está validada.
? 1

$ simae tablero observadas --datos o --formato csv | wc -l
1

$ simae registro observar
! simae: diga el código o el identificador del registro
!~ ^Uso: simae registro
? 2

# A purge takes out what the record says, from every file of the office, and keeps its ids.
$ simae registro purgar $(cat rosa) --datos o --motivo 'La pidió la familia'
!~ ^simae: Solo la oficina purga fichas
? 1

$ SIMAE_TEST_SEED=5 simae claves crear --datos o 2>/dev/null | wc -l | tr -d ' '
> simae registro purgar $(cat rosa) --datos o --motivo 'La pidió la familia'
~ ^[0-9]+$
!~ ^simae: Se borraría para siempre lo que dicen 3 versiones de «Quispe, Rosa»
? 1

$ simae registro listar --datos o --formulario persona --json | jq -r .codigo >codigo
> simae registro purgar $(cat rosa) --datos o --confirmar $(cat codigo)
! simae: Escriba el motivo de la purga: quién la pidió y por qué.
? 1

$ grep -c -a Quispe o/simae.db
~ ^[1-9]

$ simae registro purgar $(cat rosa) --datos o --motivo 'La pidió la familia' --confirmar $(cat codigo) | cut -d. -f1 | cut -c9-
: 3 versiones purgadas

$ grep -r -l -a -i quispe o | sort

$ simae registro listar --datos o --formulario persona --json
$ simae registro ver $(cat rosa) --datos o
!~ no está en estos datos|No hay un registro
? 1

# The old bundle does not bring it back, not even once everything is derived again.
$ simae importar --datos o usb/a1.simae --frase-archivo frase
> simae diagnostico --datos o --reconstruir >nada; simae registro listar --datos o --formulario persona --json
a1.simae: 0 nuevos, 0 actualizados, 1 ya recibido, 0 en espera, 0 rechazados

# It says that it holds them, so that nobody sends them, and does not send them.
$ echo '{"apellidos": "Soto", "nombres": "Ana", "cargo": "docente"}' >ana.json
> SIMAE_TEST_SEED=6 simae registro crear persona --datos o --respuestas ana.json --concluir >nada
> SIMAE_TEST_SEED=7 simae exportar --datos o --a usb/o2.simae --frase-archivo frase >nada
> simae verificar usb/o2.simae --frase-archivo frase --json | jq -c '[.revisiones, .tiene]'
[1,3]

# Only the earlier versions: what it says now stays.
$ cat >ana2.json <<'END'
> {"apellidos": "Soto", "nombres": "Ana", "cargo": "docente"}
> END
> simae registro listar --datos o --formulario persona --json | jq -r .codigo >codigo
> simae registro purgar $(cat codigo) --datos o --anteriores --motivo 'Sobraba un dato' --confirmar $(cat codigo)
! simae: La ficha no tiene versiones anteriores que purgar.
? 1
