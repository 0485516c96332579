# Bundles of other laptops: in once, whatever comes twice.

$ echo '{"apellidos": "Quispe", "nombres": "Rosa", "cargo": "docente"}' >rosa.json
> echo '{"apellidos": "Soto", "nombres": "Ana", "cargo": "docente"}' >ana.json
> mkdir usb
> simae claves crear --datos b 2>/dev/null | sed -n '2s/ *//p' >pub; simae claves aceptar --datos a "$(cat pub)" | head -c 5 >/dev/null
> simae claves aceptar --datos b "$(simae claves mostrar --datos a | sed -n '2s/ *//p')" >/dev/null
> simae registro crear persona --datos a --respuestas rosa.json --concluir | cut -d' ' -f2 >rosa
> simae exportar --datos a --a usb/a1.simae | sed -n 2p | cut -d, -f1
1 registro

$ simae importar --datos b usb/a1.simae
a1.simae: 1 nuevo, 0 actualizados, 0 ya recibidos, 0 en espera, 0 rechazados

$ simae registro ver $(cat rosa) --datos b | head -n 1
Quispe, Rosa

# The same again changes nothing at all.
$ sqlite3 b/simae.db .dump >antes; simae importar --datos b usb/a1.simae; sqlite3 b/simae.db .dump | cmp - antes
a1.simae: 0 nuevos, 0 actualizados, 1 ya recibido, 0 en espera, 0 rechazados

# A folder, and below; what is damaged changes nothing and does not stop the rest.
$ mkdir usb/mas; SIMAE_TEST_SEED=2 simae registro crear persona --datos a --respuestas ana.json --concluir | wc -l
> SIMAE_TEST_SEED=3 simae exportar --datos a --a usb/mas/a2.simae | wc -l; head -c 2000 usb/mas/a2.simae >usb/corto.simae
> simae importar --datos b usb
1
3
a1.simae: 0 nuevos, 0 actualizados, 1 ya recibido, 0 en espera, 0 rechazados
a2.simae: 1 nuevo, 0 actualizados, 1 ya recibido, 0 en espera, 0 rechazados
En total, de 2 paquetes: 1 nuevo, 0 actualizados, 2 ya recibidos, 0 en espera, 0 rechazados
!~ ^simae: no entró corto\.simae: .*cortado o dañado
? 1

$ ls b/spool
$ simae importar --datos b usb/a1.simae --json | jq -c '[.nuevos, .ya_recibidos, .repetido, .problema]'
[0,1,true,null]

# A form that is not here is waited for, without limit of time.
$ mkdir vacia; simae registro listar --datos c --fichas vacia --json
> simae importar --datos c --fichas vacia --identidad b/keys/oficina.txt usb/a1.simae
a1.simae: 1 nuevo, 0 actualizados, 0 ya recibidos, 0 en espera, 0 rechazados

$ simae importar --datos b --espera --json

$ simae importar --datos b --espera --salida espera.ndjson
0 revisiones en espera.ndjson

# What no key opens is said, and its passphrase opens it.
$ simae importar --datos c usb/a1.simae
!~ ^simae: a1\.simae: ninguna de sus claves abre
? 1

$ echo 'la lluvia llega tarde' >frase; SIMAE_TEST_SEED=4 simae exportar --datos a --a frase.simae --frase-archivo frase | wc -l
> simae importar --datos d --frase-archivo frase frase.simae
3
frase.simae: 2 nuevos, 0 actualizados, 0 ya recibidos, 0 en espera, 0 rechazados

$ simae importar no.simae
!~ ^simae: .*no\.simae.*no existe
? 1

$ mkdir nada; simae importar nada
!~ ^simae: En «nada» no hay paquetes
? 1

$ echo hola >hola.txt; simae importar hola.txt
!~ ^simae: .*hola|recibido
? 1

$ simae importar
! simae: diga un paquete o una carpeta
! Uso: simae importar ARCHIVO…|CARPETA… [--identidad ARCHIVO] [--frase-archivo ARCHIVO] [--constancia ARCHIVO.html|.txt] [--luego] | --espera [--salida ARCHIVO]
? 2

# A receipt to print: what each bundle brought, and a code that is the same for the same bundles.
$ simae importar --datos e --frase-archivo frase --constancia constancia.txt frase.simae
> head -n 1 constancia.txt; grep -c 'SIMAE\|2 nuevos' constancia.txt
frase.simae: 2 nuevos, 0 actualizados, 0 ya recibidos, 0 en espera, 0 rechazados
Constancia de recepción
~ ^[1-9]
! Constancia en constancia.txt

$ grep -o 'comprobación [0-9A-Z]*' constancia.txt >antes; simae importar --datos e --frase-archivo frase --constancia otra.html frase.simae 2>/dev/null
> grep -o 'comprobación [0-9A-Z]*' otra.html | head -n 1 | cmp - antes
frase.simae: 0 nuevos, 0 actualizados, 2 ya recibidos, 0 en espera, 0 rechazados

$ simae importar --datos e --constancia nada.txt hola.txt
!~ ^simae: hola|recibido
!~ ^simae: Ningún paquete entró
? 1

# Many one after another: what follows from them is left to whoever comes next, and what is sent on waits for nothing of it.
$ simae importar --datos f --luego --frase-archivo frase frase.simae
frase.simae: 2 nuevos, 0 actualizados, 0 ya recibidos, 0 en espera, 0 rechazados
! Las listas y el Balance se pondrán al día con la próxima orden de simae que no lleve --luego, o al abrirlo.

$ sqlite3 f/simae.db 'SELECT (SELECT count(*) FROM revision), (SELECT count(*) FROM record), (SELECT value FROM meta WHERE name = "derive_after")'
> simae importar --datos f --luego --identidad b/keys/oficina.txt usb/mas/a2.simae; sqlite3 f/simae.db 'SELECT count(*) FROM record'
2|0|0
a2.simae: 0 nuevos, 0 actualizados, 2 ya recibidos, 0 en espera, 0 rechazados
0
! Las listas y el Balance se pondrán al día con la próxima orden de simae que no lleve --luego, o al abrirlo.

$ simae directorio buscar rosa --datos f | grep -c Quispe; sqlite3 f/simae.db 'SELECT count(*) FROM record; SELECT count(*) FROM meta WHERE name = "derive_after"'
1
2
0

$ simae importar --datos f --luego --constancia nada.txt usb/a1.simae
! simae: con --constancia no va --luego: la constancia nombra a personas de las listas
! Uso: simae importar ARCHIVO…|CARPETA… [--identidad ARCHIVO] [--frase-archivo ARCHIVO] [--constancia ARCHIVO.html|.txt] [--luego] | --espera [--salida ARCHIVO]
? 2

# As many as are many, and more than one path: once, after the last of them.
$ SIMAE_TEST_MANY=1 simae importar --datos g --frase-archivo frase --identidad b/keys/oficina.txt frase.simae usb/mas
> sqlite3 g/simae.db 'SELECT count(*) FROM record; SELECT count(*) FROM meta WHERE name = "derive_after"'; ls g
frase.simae: 2 nuevos, 0 actualizados, 0 ya recibidos, 0 en espera, 0 rechazados
a2.simae: 0 nuevos, 0 actualizados, 2 ya recibidos, 0 en espera, 0 rechazados
En total, de 2 paquetes: 2 nuevos, 0 actualizados, 2 ya recibidos, 0 en espera, 0 rechazados
2
0
id
simae.db
spool
