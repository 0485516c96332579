# The keys of an office and of a laptop, and a sealed bundle opened with ordinary tools, in both directions.

$ simae claves probar
!~ ^simae: este equipo no tiene clave de oficina; .*simae claves crear
? 1

# The office makes its keys.
$ simae --datos ugel claves crear >claves.txt; cut -c1-4 claves.txt
Clav
  ag
~ ^  [a-z]
Clav
  RW
~ ^  [a-z]
!~ ^Probada: abre lo que cifra.*simae claves papel

$ sed -n '3p;6p' claves.txt | grep -cE '^  ([a-zñü]+ ){5}[a-zñü]+$'
2

$ stat -c '%a %n' ugel/keys ugel/keys/*
700 ugel/keys
600 ugel/keys/oficina.firma
600 ugel/keys/oficina.txt

$ sed -n '2s/ *//p' claves.txt >pub; age-keygen -y ugel/keys/oficina.txt | cmp - pub

$ simae --datos ugel claves crear
!~ ^simae: esta oficina ya tiene su clave
? 1

$ simae --datos ugel claves probar
La clave de la oficina abre lo que cifra y su firma se comprueba

$ simae --datos ugel claves papel | grep -c -e AGE-SECRET-KEY-1 -e 'simae claves crear --identidad' -e 'age -d -i'
3

# From paper to another computer: what was sealed for the old one opens there.
$ simae --datos ugel claves papel | grep -o 'AGE-SECRET-KEY-1[0-9A-Z]*' >escrita.txt; simae --datos otra claves crear --identidad escrita.txt 2>/dev/null | sed -n '2s/ *//p' | cmp - pub

# minisign takes the signing key, and its signature is good for the key that we print.
$ echo hola >hola.txt; sed -n '5s/ *//p' claves.txt >firma.pub; minisign -S -W -s ugel/keys/oficina.firma -m hola.txt >/dev/null </dev/null && minisign -qV -m hola.txt -P "$(cat firma.pub)" && echo bien
bien

# A laptop accepts them, by the file or one by one, and sees the same words.
$ simae claves aceptar claves.txt --nombre 'UGEL Ejemplo'
2 claves aceptadas; compare sus palabras con «simae claves mostrar»

$ sed -n '2,3p' claves.txt >dos; simae claves mostrar | grep -cFf dos
2

$ simae claves aceptar escrita.txt
!~ ^simae: escrita\.txt: trae una clave secreta, que no debe salir
? 1

$ simae claves aceptar hola.txt
!~ ^simae: hola\.txt: no trae ninguna clave
? 1

$ simae claves aceptar age1qqqq
!~ ^simae: la clave pública está mal copiada
? 1

# The bundle.
$ for n in Ana Eva Rosa; do echo '{"apellidos": "Quispe", "nombres": "'$n'", "cargo": "docente"}' |
> SIMAE_TEST_SEED=$n simae registro crear persona --respuestas - --concluir >/dev/null; done; mkdir usb; simae exportar --a usb | sed 1d
~ ^3 registros, 3 revisiones, [0-9]+ bytes: copiado y comprobado$
Cifrado para 1 clave

# The laptop that made it cannot read it; the office can.
$ simae verificar usb/*.simae
!~ ^simae: SIMAE-.*: está cifrado para una clave
? 1

$ simae --datos ugel verificar usb/*.simae | cut -c1-60
~ ^Paquete entero: 3 registros, 3 revisiones, 1 versión
~ ^Firmado con una clave que aquí no se conoce: 
Si la laptop muestra las mismas palabras, acéptela: simae c

$ simae claves mostrar | sed -n 2p | tr -d ' ' >laptop.pub; simae --datos ugel claves aceptar "$(cat laptop.pub)" --nombre 'Laptop 7'; simae --datos ugel verificar usb/*.simae | sed 1d
1 clave aceptada; compare sus palabras con «simae claves mostrar»
Firmado con una clave conocida: Laptop 7

$ simae --datos ugel claves quitar 'Laptop 7'; simae --datos ugel verificar usb/*.simae | sed 1d
Quitada. Lo que ya se envió no cambia
Firmado con una clave retirada (Laptop 7): no lo importe sin averiguar

# By hand, as design says.
$ mkdir mano; age -d -i ugel/keys/oficina.txt usb/*.simae | tar x -C mano && cd mano && minisign -Vm B2SUMS -P "$(cat ../laptop.pub)" &&
> b2sum --quiet -c B2SUMS && zstd -dc records/*.zst | jq -r .f.apellidos
Signature and comment signature verified
~ ^Trusted comment: simae/2 from=[0-9a-f]+ to=age1[0-9a-z]+ bundle=[0-9a-f]+$
Quispe
Quispe
Quispe

$ jq -r .to mano/header.json | cmp - pub; jq -r .key mano/header.json | cmp - laptop.pub

$ simae abrir -i ugel/keys/oficina.txt usb/*.simae >claro.tar; age -d -i ugel/keys/oficina.txt usb/*.simae | cmp - claro.tar

# The age tool seals it, for the right key and for another; minisign signs it; we read.
$ age -r "$(cat pub)" claro.tar >dos.simae; simae --datos ugel verificar dos.simae | head -c 14
Paquete entero

$ simae claves crear --salida tercero.txt 2>/dev/null; age -R - claro.tar >tres.simae <<END
> $(age-keygen -y tercero.txt)
> END
> simae verificar -i tercero.txt tres.simae
!~ ^simae: tres\.simae: el paquete se hizo para otra clave y alguien lo volvió a cifrar
? 1

$ cd mano; cp B2SUMS.minisig antes; minisign -S -W -s ../ugel/keys/oficina.firma -m B2SUMS -c simae -t "$(sed -n '3s/trusted comment: //p' antes)" </dev/null >/dev/null
> python3 - <<'END'
> tar = open('../claro.tar', 'rb').read()
> old, new = open('antes', 'rb').read(), open('B2SUMS.minisig', 'rb').read()
> assert len(old) == len(new) and tar.count(old) == 1
> open('../ajena.tar', 'wb').write(tar.replace(old, new))
> END
> cd ..; simae verificar ajena.tar; sed 's/x/x/' mano/B2SUMS.minisig | sed -n 1p
untrusted comment: simae
!~ ^simae: ajena\.tar: .*B2SUMS\.minisig, cuya firma no corresponde

# A payload that somebody opened is read, and that it is open is said.
$ simae verificar claro.tar | tail -n 1
Sin cifrar: alguien lo abrió; quien tenga el archivo puede leerlo

# Reserved records travel when only accepted offices can open the bundle.
$ sh "$TREE/tests/tools/demo.sh" "$PROGRAM" "$SIMAE_TEST_NOW" demo; simae --datos demo claves aceptar "$(cat pub)" >/dev/null; mkdir lote
> simae --datos demo exportar --a lote --json | jq .reservadas
0

$ simae --datos demo exportar --a lote --clave "$(age-keygen -y tercero.txt)" --json | jq '.claves, .reservadas > 0'
2
true

$ echo 'lluvia tarde mesa azul' >frase.txt; simae --datos demo exportar --a lote --frase-archivo frase.txt --json | jq '.claves, .reservadas > 0'
0
true

# What stays is told by its id alone, so that nobody sends it here again.
$ simae verificar --frase-archivo frase.txt lote/*-3-* --json | jq '.tiene > 0'; simae abrir --frase-archivo frase.txt lote/*-3-* | tar x --to-stdout have.ndjson.zst |
> zstd -dc | jq -r length | sort -u
true
64

# One that is guessed at once seals nothing.
$ for frase in hola 123456789012 'si si si si si si'; do echo "$frase" >corta.txt; simae --datos demo exportar --a lote --frase-archivo corta.txt; done
! simae: La frase es muy corta: use cuatro palabras que no vayan juntas, 12 letras como mínimo.
! simae: Solo números se adivinan pronto: use cuatro palabras que no vayan juntas.
! simae: La frase repite siempre lo mismo: use cuatro palabras distintas.
? 1

$ simae claves frase | wc -w
5

$ simae --datos demo exportar --a lote --frase-archivo frase.txt --sensibles --json | jq .reservadas
0

# Every bundle by hand, for one key, for two and for a phrase, which age takes from a terminal only.
$ cat >frase.py <<'END'
> import os, pty, sys
> pid, fd = pty.fork()
> if pid == 0:
>     os.execvp('age', ['age', '-d', '-o', sys.argv[2], sys.argv[1]])
> asked = False
> while True:
>     try:
>         seen = os.read(fd, 1000)
>     except OSError:
>         break
>     if not asked and b':' in seen:
>         asked = True
>         os.write(fd, b'hola\n')
> END
> for file in lote/*.simae; do
>   rm -rf mano; mkdir mano
>   age -d -i ugel/keys/oficina.txt -o mano.tar $file 2>/dev/null || python3 frase.py $file mano.tar
>   (tar xf mano.tar -C mano && cd mano && minisign -qVm B2SUMS -P "$(jq -r .key header.json)" && b2sum --strict --quiet -c B2SUMS &&
>   zstd -dc records/*.zst | jq -r .r | wc -l | grep -qx "$(jq .counts.revisions header.json)" &&
>   ls forms/*.yaml.zst | wc -l | grep -qx "$(jq .counts.forms header.json)" && zstd -dc forms/*.zst | grep -q '^form: simae_docente$' &&
>   { [ "$(jq .counts.have header.json)" = 0 ] || zstd -dc have.ndjson.zst | jq -r length | wc -l | grep -qx "$(jq .counts.have header.json)"; } && echo bien)
> done
bien
bien
bien
bien

# A finder learns sizes and dates.  Words that nobody must find: every text of every answer, reserved ones too, whole and
# word by word, if it has six letters or more; titles; codes of records, schools and people; ids; the names of what is inside.
$ { simae --datos ugel abrir "$(ls lote/*-1-*)" | tar x --to-stdout --wildcards 'records/*' | zstd -dc | tee lineas | jq -r '.f | .. | strings'
> jq -r .r lineas; simae --datos demo registro listar --json | jq -r '.codigo, .titulo, .ie'
> for form in $(simae --datos demo formularios listar --json | jq -r .ficha); do
>   simae --datos demo tabla $form --formato ndjson --sensibles | jq -r '.[] | strings'; done
> echo header.json; echo ndjson; echo B2SUMS; echo institucion; echo simae_docente
> } | awk 'length >= 6 { print } { n = split($0, word, /[ ,;.·«»()]+/); for (i = 1; i <= n; i++) if (length(word[i]) >= 6) print word[i] }' | sort -u >palabras
> for one in "$(jq -r '.f.apellidos? // empty' lineas | awk 'length >= 6' | head -n 1)" "$(jq -r '.f.cod_mod? // empty' lineas | head -n 1)" "$(jq -r '.f.nombre? // empty' lineas | tail -n 1)" \
>   "$(jq -r 'select(.f.rama? == "violencia") | .f.descripcion' lineas | head -n 1)"; do
>   [ -n "$one" ] && grep -qxFe "$one" palabras && echo está; done; echo $(($(wc -l <palabras) > 5000))
está
está
está
está
1

# Where a finder looks: the stick, the outgoing folder, and what an export leaves that is killed in the middle.
$ simae --datos demo exportar >dicho; simae --datos demo exportar --frase-archivo frase.txt >>dicho; ls demo/salida | wc -l
> sh -c 'ulimit -c 0; ulimit -f 400; simae --datos demo exportar --a lote; exit 3' >/dev/null 2>&1; ls demo/spool | wc -l
2
1

$ ls lote demo/salida demo/spool | sed '/:$/d; /^$/d' >nombres; grep -vxE 'SIMAE-[0-9A-F]+-[0-9]+-[0-9A-F]+\.simae|[0-9a-f]+\.simae' nombres
? 1

$ LC_ALL=C grep -aoFf palabras nombres lote/*.simae demo/salida/*.simae demo/spool/*
? 1

# The same words are found where they are in the clear, so the search is one that finds.
$ LC_ALL=C grep -cFf palabras lineas | sed 's/^[1-9][0-9]*$/muchas/'
muchas

# Revoking an office: the next bundle is not for it.
$ simae claves quitar 'UGEL Ejemplo'
!~ ^simae: hay varias «UGEL Ejemplo»: diga cuál con su clave
? 1

$ simae claves quitar "$(cat pub)"; simae exportar --a usb
Quitada. Lo que ya se envió no cambia
!~ ^simae: falta para quién cifrar
? 1
