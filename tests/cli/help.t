# Help, version and what is not understood.

$ simae --version
simae 0.1.0

$ simae --help
simae 0.1.0: fichas de monitoreo sin internet

  simae                    abre el programa
...
~ ^  simae formularios +revisa
~ ^  simae expresion +calcula
~ ^  simae registro +crea
~ ^  simae directorio +trae
~ ^  simae tabla +
~ ^  simae tablero +
~ ^  simae balance +
~ ^  simae ficha +
~ ^  simae exportar +
~ ^  simae importar +toma
~ ^  simae verificar +
~ ^  simae abrir +
~ ^  simae claves +
~ ^  simae diagnostico +
~ ^  simae ayuda +busca
~ ^  simae indicadores +
~ ^  simae demo +
...
Opciones:
...
~ ^  --respuestas +archivo JSON
...
«simae ORDEN --help» muestra cómo se escribe cada orden.

$ simae --ayuda | head -n 1
simae 0.1.0: fichas de monitoreo sin internet

# Every command of the help explains itself.
$ simae --help | sed -n 's/^  simae \([a-z][a-z]*\) .*/\1/p' | while read -r order; do
>   simae $order --help | grep -c "^Uso: simae $order "
> done | sort | uniq -c | tr -s ' '
 17 1

$ simae expresion --help
Uso: simae expresion [EXPRESIÓN] [--respuestas ARCHIVO.json] [--lote]
calcula una expresión del lenguaje de las fichas; --lote: una por línea.

# Help does not touch the disk.
$ ls -a | grep -c datos
0
? 1

$ simae exprotar
! simae: no existe la orden «exprotar»; ¿quiso decir «exportar»?
! Pruebe «simae --help».
? 2

$ simae xyzzy
! simae: no existe la orden «xyzzy»
! Pruebe «simae --help».
? 2

$ simae tabla persona --formto csv
! simae: no existe la opción --formto; ¿quiso decir --formato?
! Pruebe «simae --help».
? 2

$ simae tabla persona --formato
! simae: la opción --formato necesita un valor
! Pruebe «simae --help».
? 2

$ simae tabla persona --json=si
! simae: la opción --json no lleva valor
! Pruebe «simae --help».
? 2

$ simae tabla persona --formato csv --formato=texto
! simae: la opción --formato está dos veces
! Pruebe «simae --help».
? 2

$ simae --json
! simae: falta la orden
! Pruebe «simae --help».
? 2

# Without a terminal the interface says so, and leaves the screen alone.
$ simae
!~ ^simae: .*no hay una terminal.*simae --help
? 1

# More words than a command takes.
$ simae '' 2>/dev/null
? 2

$ simae formularios
!~ ^simae: falta decir
!~ ^Uso: simae formularios
? 2

$ simae registro borrar 2>&1 | head -n 1
simae: diga crear, listar, ver, historia, archivos, validar, observar o purgar
