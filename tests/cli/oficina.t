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

$ simae registro ver $(cat rosa) --datos o | sed -n '2,6p' | sed 's/.* · \([a-z]*\)$/\1/; s/laptop [0-9a-f]*/laptop X/'
observado
Observada por laptop X el 02/03/2026 08:05:
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
