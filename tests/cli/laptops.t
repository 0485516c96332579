# Laptops that an office does not know yet: held until words were compared, and after they are lost.

$ echo '{"apellidos": "Quispe", "nombres": "Rosa", "cargo": "docente"}' >rosa.json; echo '{"apellidos": "Soto", "nombres": "Ana", "cargo": "docente"}' >ana.json
> for l in 1 2; do SIMAE_TEST_SEED=l$l simae registro crear persona --datos l$l --respuestas rosa.json --concluir >/dev/null; done; mkdir usb
> simae claves crear --datos ugel --nombre 'UGEL Ejemplo' 2>&1 >/dev/null
Probada: abre lo que cifra. Imprima ahora su copia de papel con «simae claves papel» y pruébela cada trimestre con «simae claves probar».

# The copy on paper, typed again.
$ simae --datos ugel claves papel | grep -o 'AGE-SECRET-KEY-1[0-9A-Z]*' >escrita.txt; simae --datos ugel claves probar --identidad escrita.txt
La clave de la oficina abre lo que cifra y su firma se comprueba
La copia de papel es la de esta oficina

$ simae claves crear --salida ajena.txt 2>/dev/null; simae --datos ugel claves probar --identidad ajena.txt
La clave de la oficina abre lo que cifra y su firma se comprueba
!~ ^simae: ajena\.txt es una clave bien escrita, pero no la de esta oficina
? 1

# The office's keys: a text, signed; minisign says so.
$ simae --datos ugel claves entregar --a usb >entrega; f=$(sed -n 1p entrega); sed -n 2p entrega | cut -c1-23; head -n 1 $f; grep -c '^oficina age1' $f
La laptop lo recibe con
simae-claves 1
1

$ f=$(ls usb/SIMAE-CLAVES-*.txt); head -n -4 $f >m; tail -n 4 $f >m.minisig; minisign -qVm m -P "$(sed -n 's/^firma \(RW[^ ]*\).*/\1/p' $f)" && basename $f
~ ^SIMAE-CLAVES-[0-9A-F]+-[0-9]+\.txt$

# No secret and no name of a person.
$ grep -c -i -e SECRET -e quispe usb/SIMAE-CLAVES-*
0
? 1

# The laptop: not before its words are said; then it seals for the office.
$ simae --datos l1 claves aceptar usb
!~ ^simae: son las claves de UGEL Ejemplo, firmadas por .*; si la oficina
? 1

$ simae --datos l1 claves aceptar usb --palabras 'abajo abanico abeja abeto abierto abono'
! simae: no son las palabras de este archivo: no lo acepte, y pida otro a la oficina
? 1

$ simae --datos ugel claves mostrar | sed -n '6s/^ *//p' >palabras; simae --datos l1 claves aceptar usb --palabras "$(cat palabras)"
Aceptadas las claves de UGEL Ejemplo: desde ahora se cifra para 1 oficina

$ simae --datos l1 claves laptops --json | jq -r '[.estado, .nombre] | join(" · ")'
oficina, firma · UGEL Ejemplo
oficina, cifra · UGEL Ejemplo

# One letter changed is found.
$ sed 's/UGEL Ejemplo/UGEL Ejempla/' usb/SIMAE-CLAVES-* >falsa.txt; simae --datos l2 claves aceptar falsa.txt
! simae: falsa.txt: está dañado o alguien lo cambió: su firma no corresponde; pida otro a la oficina
? 1

$ sed 's/^simae-claves 1/simae-claves 2/' usb/SIMAE-CLAVES-* >nueva.txt; simae --datos l2 claves aceptar nueva.txt
! simae: nueva.txt: las claves las escribió una versión más nueva de simae; actualice simae en este equipo
? 1

$ head -n -4 usb/SIMAE-CLAVES-* >sin.txt; simae --datos l2 claves aceptar sin.txt
!~ ^simae: sin\.txt: está dañado o alguien lo cambió
? 1

# Its bundle is its request: held, and the words are the laptop's.
$ simae --datos l1 exportar --a usb/uno.simae | tail -n 1; simae --datos l1 claves mostrar | sed -n '3s/^ *//p' >suyas; simae --datos ugel importar usb/uno.simae >dicho; cat dicho
Cifrado para 1 clave
~ ^uno\.simae: 0 nuevos, 0 actualizados, 0 ya recibidos, 1 en espera: laptop nueva, 

$ grep -c -F "$(cat suyas)" dicho; simae --datos ugel registro listar --formulario persona --json | wc -l; simae --datos ugel claves laptops --json | jq -c '[.estado, .en_espera, .palabras]' | sed "s/$(cat suyas)/LAS SUYAS/"
1
0
["pendiente",1,"LAS SUYAS"]

# Nothing of it is believed: it was not taken in, and comes again; what it says that it holds is kept for when it is accepted.
$ sqlite3 ugel/simae.db 'SELECT (SELECT count(*) FROM import), (SELECT count(*) FROM peer), (SELECT count(*) FROM waiting)'; simae --datos ugel importar usb/uno.simae | cut -c1-60
0|1|1
uno.simae: 0 nuevos, 0 actualizados, 0 ya recibidos, 1 en es

$ simae --datos ugel claves aceptar nadie
! simae: no hay ninguna «nadie»; vea cuáles hay con «simae claves laptops»
? 1

# Accepted: it counts from then on, and the next bundle too.
$ simae --datos ugel claves aceptar "$(simae --datos ugel claves laptops --json | jq -r .laptop | cut -c1-8)" --nombre 'Laptop 7' | tail -n 1; simae --datos ugel registro listar --formulario persona --json | wc -l
1 cambio que la esperaba vale desde ahora
1

$ SIMAE_TEST_SEED=mas simae registro crear persona --datos l1 --respuestas ana.json --concluir >/dev/null; SIMAE_TEST_SEED=2 simae --datos l1 exportar --a usb/dos.simae >/dev/null; simae --datos ugel importar usb/dos.simae
dos.simae: 1 nuevo, 0 actualizados, 1 ya recibido, 0 en espera, 0 rechazados

# Who sends has the name that it was accepted by, where its bundles name nobody.
$ simae --datos ugel tablero envios --formato csv | tail -n +2 | cut -d';' -f1,2
hoy;Laptop 7

# And who observes, that of the office.
$ simae --datos ugel registro listar --formulario persona --json | jq -r 'select(.titulo == "Soto, Ana").codigo' >soto; simae --datos ugel registro observar "$(cat soto)" --comentario 'Falta el cargo.' | cut -d' ' -f2; simae --datos ugel registro ver "$(cat soto)" | grep '^Observada'
observado
Observada por UGEL Ejemplo el 02/03/2026 08:05:

$ SIMAE_TEST_SEED=o1 simae --datos ugel exportar --para 'Laptop 7' --a usb/vuelta.simae >/dev/null; cp -r l1 copia; simae --datos copia importar usb/vuelta.simae >/dev/null; simae --datos copia registro ver "$(cat soto)" | grep '^Observada'
Observada por UGEL Ejemplo el 02/03/2026 08:05:

# The office's answer travels with its next file, which needs no comparing now.
$ simae --datos ugel claves entregar --a usb >/dev/null; simae --datos l1 claves aceptar usb; simae --datos l1 claves mostrar | grep aceptó
Aceptadas las claves de UGEL Ejemplo: desde ahora se cifra para 1 oficina
UGEL Ejemplo aceptó esta laptop (02/03/2026).

# Another key that says to be that laptop: held, although its own is accepted elsewhere.
$ cp -r l1 l3; sqlite3 l3/simae.db "DELETE FROM meta WHERE name = 'signing_seed'"; SIMAE_TEST_SEED=3 simae --datos l3 exportar --a usb/tres.simae >/dev/null; simae --datos ugel importar usb/tres.simae
~ ^tres\.simae: 0 nuevos, 0 actualizados, 2 ya recibidos, 0 en espera

$ echo '{"apellidos": "Falso", "nombres": "Nadie", "cargo": "docente"}' >f.json; SIMAE_TEST_SEED=f simae registro crear persona --datos l3 --respuestas f.json --concluir >/dev/null
> SIMAE_TEST_SEED=4 simae --datos l3 exportar --a usb/cuatro.simae >/dev/null; simae --datos ugel importar usb/cuatro.simae
~ ^cuatro\.simae: .*2 ya recibidos, 1 en espera: dice ser una laptop conocida, «.*», pero la firma otra clave

$ simae --datos ugel claves laptops --json | jq -r '[.estado, .en_espera] | @csv'
"pendiente",1
"aceptada",0

# Lost: what it signs waits, what came from it stays; taken back, it counts.
$ simae --datos ugel claves quitar 'Laptop 7'; SIMAE_TEST_SEED=mas2 simae registro crear persona --datos l1 --respuestas f.json --concluir >/dev/null; SIMAE_TEST_SEED=5 simae --datos l1 exportar --a usb/cinco.simae >/dev/null; simae --datos ugel importar usb/cinco.simae
Quitada. Lo que ya se envió no cambia
~ ^cinco\.simae: .* 1 en espera: la laptop «Laptop 7» fue quitada

$ simae --datos ugel claves aceptar 'Laptop 7' | tail -n 1
1 cambio que la esperaba vale desde ahora

# The next file of keys tells the laptops; an old one does not undo it.
$ simae --datos ugel claves quitar 'Laptop 7' >/dev/null; mkdir otra; simae --datos ugel claves entregar --a otra >/dev/null; simae --datos l2 claves aceptar otra --palabras "$(cat palabras)" >/dev/null; simae --datos l2 claves laptops --json | jq -r .estado
quitada
oficina, firma
oficina, cifra

$ simae --datos l2 claves aceptar "$(ls usb/SIMAE-CLAVES-* | head -n 1)"
!~ ^simae: SIMAE-CLAVES-.*: es anterior a las claves que esta laptop ya recibió de «UGEL Ejemplo»
? 1

$ SIMAE_TEST_SEED=6 simae --datos l1 exportar --frase-archivo palabras --a usb/seis.simae >/dev/null; simae --datos l2 importar --frase-archivo palabras usb/seis.simae
~ ^seis\.simae: .* en espera: la laptop «.*» fue quitada

# Between laptops nobody is held, unless asked for.
$ SIMAE_TEST_SEED=7 simae --datos l2 exportar --frase-archivo palabras --a usb/siete.simae >/dev/null; simae --datos l4 importar --frase-archivo palabras usb/siete.simae
siete.simae: 1 nuevo, 0 actualizados, 0 ya recibidos, 0 en espera, 0 rechazados

$ simae --datos l5 claves retener sí; simae --datos l5 importar --frase-archivo palabras usb/siete.simae | cut -c1-74; simae --datos l5 claves retener no; simae --datos l5 registro listar --formulario persona --json | wc -l
Lo que firme una laptop nueva queda en espera hasta que usted la acepte
siete.simae: 0 nuevos, 0 actualizados, 0 ya recibidos, 1 en espera: laptop
Lo que firme una laptop nueva vale al importarlo; lo de las quitadas sigue en espera
1

$ simae --datos ugel claves retener no
! simae: una oficina retiene siempre lo que firma una laptop nueva, hasta que la acepten
? 1

$ simae --datos l5 claves retener quizas
! simae: diga «retener sí» o «retener no»
? 1
