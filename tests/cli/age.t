# Keys, and files sealed with age: by the age program, opened by ours.

$ simae claves crear --salida oficina.txt
!~ ^Clave pública: age1[a-z0-9]+$

$ stat -c %a oficina.txt; sed 's/^/= /' oficina.txt
600
= # creada: 2026-03-02T08:05:00.000-05:00
~ ^= # clave pública: age1[a-z0-9]+$
~ ^= AGE-SECRET-KEY-1[A-Z0-9]+$

$ simae claves crear --salida oficina.txt
!~ ^simae: .*oficina\.txt.*ya existe
? 1

# What age-keygen says of our key, and we of its.
$ [ "$(age-keygen -y oficina.txt)" = "$(simae claves mostrar oficina.txt)" ] && echo igual
igual

$ age-keygen -o otra.txt 2>/dev/null; [ "$(age-keygen -y otra.txt)" = "$(simae claves mostrar otra.txt)" ] && echo igual
igual

$ simae claves crear --salida salida.txt 2>/dev/null; age-keygen -y salida.txt | cut -c1-4
age1

$ cat oficina.txt otra.txt >dos.txt; simae claves mostrar dos.txt | wc -l
2

# Every size near an edge, for two recipients, the second of them ours.
$ a=$(age-keygen -y oficina.txt) b=$(age-keygen -y otra.txt)
> for n in 0 1 65535 65536 65537 131072 3000000; do
>   seq 1 500000 | head -c $n >llano; age -r $b -r $a -o cifrado llano
>   simae abrir cifrado -i oficina.txt >abierto && cmp llano abierto && stat -c %s abierto
> done
0
1
65535
65536
65537
131072
3000000

$ simae abrir cifrado --identidad=dos.txt | cmp - llano

# 100 MB go through, and none of it stays in memory.
$ yes 'Acta de la visita' | head -c 100000000 | age -r $(age-keygen -y oficina.txt) -o grande
> (ulimit -v 300000; simae abrir grande -i oficina.txt) >abierto; stat -c %s abierto; yes 'Acta de la visita' | head -c 100000000 | cmp - abierto; rm grande abierto
100000000

# With a passphrase, which age takes from a terminal only.
$ echo 'carta de prueba' >carta; echo 'ñandú con pan y queso' >frase.txt; cat >terminal.py <<'END'
> import os, pty
> pid, fd = pty.fork()
> if pid == 0:
>     os.execvp('age', ['age', '-p', '-o', 'frase.age', 'carta'])
> seen = b''
> while True:
>     try:
>         seen += os.read(fd, 1000)
>     except OSError:
>         break
>     if seen.rstrip(b'\x1b[K \r\n').endswith(b':'):
>         os.write(fd, 'ñandú con pan y queso\n'.encode())
>         seen = b''
> END
> python3 terminal.py; simae abrir frase.age --frase-archivo frase.txt
carta de prueba

$ echo 'nandu con pan y queso' >mala.txt; simae abrir frase.age --frase-archivo mala.txt
! simae: frase.age: la frase de contraseña no es la de este archivo; revise mayúsculas, tildes y espacios
? 1

$ simae abrir frase.age -i oficina.txt
!~ ^simae: frase\.age: está cifrado con una frase de contraseña; .*
? 1

$ age-keygen -o tercera.txt 2>/dev/null; simae abrir cifrado -i tercera.txt
!~ ^simae: cifrado: ninguna de sus claves abre este archivo; .*
? 1

$ simae abrir cifrado --frase-archivo frase.txt
!~ ^simae: cifrado: está cifrado para una clave; .*
? 1

# Cut: what was authentic came out, and it says so.
$ head -c 100000 cifrado >corto; simae abrir corto -i oficina.txt >abierto; echo $?; stat -c %s abierto; head -c 65536 llano | cmp - abierto
1
65536
!~ ^simae: lo escrito está incompleto, no lo use: corto: el archivo cifrado está cortado o dañado \(después de 65536 bytes buenos\).*

$ head -c 100 cifrado >corto; simae abrir corto -i oficina.txt | wc -c
0
!~ ^simae: corto: el encabezado del archivo cifrado está dañado .*

# Altered in its header.
$ sed 's/^--- ..../--- AAAA/' cifrado >roto; simae abrir roto -i oficina.txt | wc -c
0
!~ ^simae: roto: alguien cambió el encabezado .*

$ age -a -r $(age-keygen -y otra.txt) -o armado carta; simae abrir armado -i otra.txt
!~ ^simae: armado: .*forma de texto.*--armor
? 1

$ simae abrir cifrado
! simae: cifrado está cifrado: añada --identidad o --frase-archivo
! Uso: simae abrir ARCHIVO [--identidad ARCHIVO] [--frase-archivo ARCHIVO]
? 2

$ simae abrir cifrado -i
! simae: la opción --identidad necesita un valor
! Pruebe «simae --help».
? 2

$ simae abrir cifrado -i no.txt
!~ ^simae: .*no\.txt.*no existe
? 1

$ simae abrir cifrado -i carta
!~ ^simae: «carta», línea 1: no es una clave secreta: .*
? 1

$ simae claves mostrar carta
!~ ^simae: «carta», línea 1: no es una clave secreta: .*
? 1

$ simae claves mostrar cifrado
!~ ^simae: «cifrado» .*
? 1

$ simae claves
! simae: diga crear, mostrar, aceptar y una clave, quitar y una clave, papel o probar
!~ ^Uso: simae claves crear 
? 2

$ simae claves crear a --salida /dev/full
! simae: diga crear, mostrar, aceptar y una clave, quitar y una clave, papel o probar
!~ ^Uso: simae claves crear 
? 2

$ simae claves crear --salida no/hay
!~ ^simae: .*no/hay.*no existe
? 1

# A seed for tests does not make keys known.
$ simae claves crear --salida a 2>/dev/null; simae claves crear --salida b 2>/dev/null; cmp -s a b
? 1
