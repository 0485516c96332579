# Bundles: written, checked, opened with ordinary tools.

$ simae exportar
!~ ^simae: .*(datos|carpeta)
? 1

$ echo '{"apellidos": "Quispe", "nombres": "Rosa", "cargo": "docente"}' |
> simae registro crear persona --respuestas - --concluir | wc -l
1

# Without a key to seal for, and without a passphrase, nothing leaves.
$ mkdir usb; simae exportar --a usb
! simae: falta para quién cifrar: acepte la clave de su UGEL («simae claves aceptar ARCHIVO») o use una frase de contraseña («--frase»)
? 1

$ ls -A usb; ls datos/spool 2>/dev/null
? 2

$ echo 'la lluvia llega tarde' >frase.txt; simae exportar --a usb --frase-archivo frase.txt
~ ^usb/SIMAE-[0-9A-F]+-1-[0-9A-F]+\.simae$
~ ^1 registro, 1 revisión, [0-9]+ bytes: copiado y comprobado$
Cifrado con la frase de contraseña: dígala a la oficina por otro medio, nunca junto a la memoria

$ simae verificar usb/*.simae --frase-archivo frase.txt
~ ^Paquete entero: 1 registro, 1 revisión, 1 versión de fichas; de la laptop [0-9a-f]+, 2026-03-02$
~ ^Firmado con una clave que aquí no se conoce: [a-zñü]+ [a-zñü]+ [a-zñü]+ [a-zñü]+ [a-zñü]+ [a-zñü]+$
~ ^Si la laptop muestra las mismas palabras, acéptela: simae claves aceptar RW

$ simae verificar usb/*.simae
!~ ^simae: SIMAE-.*: está cifrado con una frase de contraseña
? 1

$ echo otra >otra.txt; simae verificar usb/*.simae --frase-archivo otra.txt
!~ ^simae: SIMAE-.*: la frase de contraseña no es la de este archivo
? 1

$ simae verificar usb/*.simae --frase-archivo frase.txt --json | jq -c '[.registros, .revisiones, .fichas, .tiene, .fecha, .cifrado, .para, .firma]'
[1,1,1,0,"2026-03-02T08:05:00.000-05:00",true,"frase","desconocida"]

$ simae abrir usb/*.simae --frase-archivo frase.txt | tar t
header.json
~ ^forms/[0-9a-f]+\.yaml\.zst$
records/000001.ndjson.zst
B2SUMS
B2SUMS.minisig

# By hand, as a person without simae would.
$ mkdir mano; simae abrir --frase-archivo frase.txt usb/*.simae | tar x -C mano; cd mano; b2sum -c B2SUMS
header.json: OK
~ ^forms/.*: OK$
records/000001.ndjson.zst: OK

$ zstd -dc mano/records/000001.ndjson.zst | jq -r '.f.apellidos'
Quispe

$ zstd -dc mano/forms/*.zst | sed -n 1p
form: persona

# What a bundle carries loads as a form.
$ zstd -dc mano/forms/*.zst >persona.yaml; simae formularios verificar persona.yaml
1 fichas sin errores

# All of it each time: a lost stick costs nothing.
$ SIMAE_TEST_SEED=2 simae exportar --json --a usb --frase-archivo frase.txt | jq -c '[.registros, .revisiones]'
[1,1]

$ ls usb | wc -l
2

$ SIMAE_TEST_SEED=3 simae exportar --frase-archivo frase.txt | head -n 1
~ /datos/salida/SIMAE-.*\.simae$

$ simae exportar --a no/hay --frase-archivo frase.txt
!~ ^simae: .*«no».*no existe
? 1

$ touch ya.simae; simae exportar --a ya.simae --frase-archivo frase.txt
!~ ^simae: .*ya\.simae.*existe
? 1

# One damaged byte anywhere is found.
$ f=$(ls usb/*-1-*); size=$(stat -c %s $f); for at in 0 100 600 1100 2000 3000 4000; do
>   cp $f roto; printf '\377' | dd of=roto bs=1 seek=$at conv=notrunc 2>/dev/null
>   cmp -s $f roto && printf '\0' | dd of=roto bs=1 seek=$at conv=notrunc 2>/dev/null
>   simae verificar --frase-archivo frase.txt roto >/dev/null 2>&1; echo $?
> done | sort | uniq -c | tr -s ' '
 7 1

$ head -c 2000 usb/*-1-* >corto; simae verificar corto --frase-archivo frase.txt
!~ ^simae: corto: .*cortado o dañado
? 1

$ simae abrir corto --frase-archivo frase.txt | wc -c
0
!~ ^simae: corto: 

$ simae verificar no.simae
!~ ^simae: .*no\.simae.*no existe
? 1

$ echo hola >hola.txt; simae verificar hola.txt
!~ ^simae: hola\.txt: 
? 1

$ simae verificar usb
!~ ^simae: «usb» no es un archivo
? 1

$ simae verificar
! simae: diga un archivo
! Uso: simae verificar ARCHIVO [--identidad ARCHIVO] [--frase-archivo ARCHIVO]
? 2

$ simae verificar a b
! simae: sobra «b»
! Uso: simae verificar ARCHIVO [--identidad ARCHIVO] [--frase-archivo ARCHIVO]
? 2

$ simae abrir
! simae: diga un archivo
! Uso: simae abrir ARCHIVO [--identidad ARCHIVO] [--frase-archivo ARCHIVO]
? 2

$ simae exportar --clave age1mal --a usb
!~ ^simae: la clave pública está mal copiada
? 1

$ simae exportar --frase --a usb </dev/null
!~ ^simae: no hay un teclado donde escribir la frase; use --frase-archivo
? 1

$ simae exportar --frase --frase-archivo frase.txt
! simae: --clave, --frase y --frase-archivo van de a una
!~ ^Uso: simae exportar
? 2
