# The padrón into the directory: the same rows as a DBF and as CSV in four encodings give the same directory.

$ python3 "$TREE/tests/tools/make_padron.py" 2000 . && ls
padron-bom.csv
padron-cp1252.csv
padron-cp850.csv
padron-utf8.csv
padron.dbf

$ simae directorio importar padron.dbf --todo
DBF en CP850, 2 000 filas; todas las UGEL del archivo.
1 980 nuevas, 0 iguales, 212 inactivas marcadas, 20 filas con error.
  fila 58: COD_MOD «A000400» no es un código de 7 dígitos
  fila 158: la fila está dañada: no empieza como debe
  fila 258: 0001793: repite el código modular y el anexo de una fila anterior
  fila 358: 0002500: NIV_MOD: «Z9» no es un valor conocido
  fila 458: 0003200: el ubigeo 060651 es de Cutervo según el INEI y la fila dice CHOTA: es el código del RENIEC
...
Columnas con datos personales que se dejaron fuera: DIRECTOR, TELEFONO, EMAIL.
Columnas que no se usan: TIPSSEXO, GES_DEP, D_REGION, TIPOPROG, COD_TUR, FECHAREG.
~ ^Todos los avisos están en .*/datos/salida/padron-avisos.csv$

$ head -n 3 datos/salida/padron-avisos.csv | tr -d '\r' | sed 's/^\xef\xbb\xbf//'
fila;tipo;cod_mod;anexo;motivo
58;error;;;COD_MOD «A000400» no es un código de 7 dígitos
158;error;;;la fila está dañada: no empieza como debe

# A second time, from any of them, changes nothing.
$ for f in padron.dbf padron-cp850.csv padron-bom.csv; do simae directorio importar $f | sed -n 2p; done
0 nuevas, 1 980 iguales, 20 filas con error.
0 nuevas, 1 980 iguales, 20 filas con error.
0 nuevas, 1 980 iguales, 20 filas con error.

$ simae tabla institucion >dbf.csv; wc -l <dbf.csv
1981

$ for f in padron-cp850.csv padron-cp1252.csv padron-utf8.csv padron-bom.csv; do
> simae directorio importar $f --datos otra | sed -n 1,2p
> simae tabla institucion --datos otra | cmp - dbf.csv && rm -r otra; done
CSV en CP850, 2 000 filas; todas las UGEL del archivo.
1 980 nuevas, 0 iguales, 212 inactivas marcadas, 20 filas con error.
CSV en CP1252, 2 000 filas; todas las UGEL del archivo.
1 980 nuevas, 0 iguales, 212 inactivas marcadas, 20 filas con error.
CSV en UTF-8, 2 000 filas; todas las UGEL del archivo.
1 980 nuevas, 0 iguales, 212 inactivas marcadas, 20 filas con error.
CSV en UTF-8, 2 000 filas; todas las UGEL del archivo.
1 980 nuevas, 0 iguales, 212 inactivas marcadas, 20 filas con error.

$ simae diagnostico --json | jq -c '[.directorio, .revisiones, .integridad]'
[1980,1980,"ok"]

# A later cut.
$ python3 "$TREE/tests/tools/make_padron.py" 2000 . --corte 2 --only padron.dbf; simae directorio importar padron.dbf --json | jq -c 'del(.avisos)'
{"formato":"DBF","codificacion":"CP850","filas":1990,"ambito":"todas las UGEL del archivo","nuevas":0,"actualizadas":45,"iguales":1925,"inactivas_marcadas":5,"con_error":20,"conservados":0,"sin_traduccion":0,"ya_no_figuran":10,"de_otra_ugel":0}

# Only one UGEL, without storing anything.
$ simae directorio importar padron-utf8.csv --ugel 060001 --simular --datos otra | sed -n 1,2p
~ ^CSV en UTF-8, 2 000 filas; solo la UGEL 060001\.$
~ ^No se guardó nada; esto es lo que pasaría: [0-9]+ nuevas, 0 iguales, 

$ simae directorio importar padron-utf8.csv --ugel 060001,060002 --ugel 060003 --simular --datos otra | sed -n 1p
CSV en UTF-8, 2 000 filas; solo las UGEL 060001, 060002, 060003.

$ simae directorio importar padron-utf8.csv --ugel 999999
! simae: padron-utf8.csv: ninguna fila entra (se pidió solo la UGEL 999999); el archivo trae 100001 (20), 240002 (18), 180005 (17), 090006 (16), 150009 (16), 170006 (16)…
? 1

# Lost zeros are repaired only when asked for.
$ printf 'COD_MOD;ANEXO;CEN_EDU\n234567;0;Peñón\n' >excel.csv; simae directorio importar excel.csv --datos nueva
!~ ^simae: 1 código tiene menos dígitos de los debidos, por ejemplo COD_MOD 234567: .*repita con --ceros
? 1

$ simae directorio importar excel.csv --datos nueva --ceros
CSV en UTF-8, 1 fila; todas las UGEL del archivo.
1 nueva, 0 iguales.

$ simae directorio buscar penon --datos nueva --json | jq -r .titulo
Peñón · 0234567

$ simae directorio buscar penon --datos nueva --formato csv-sin-marca | sed -n 1p | tr -d '\r'
codigo;formulario;titulo

# An encoding may be forced.
$ printf 'COD_MOD;ANEXO;CEN_EDU\n0234568;0;Jard\355n\n' >latin.csv; simae directorio importar latin.csv --datos nueva --codificacion ISO-8859-1 | sed -n 1p; simae directorio buscar 0234568 --datos nueva --json | jq -r .titulo
CSV en ISO-8859-1, 1 fila; todas las UGEL del archivo.
Jardín · 0234568

$ simae directorio importar latin.csv --datos nueva --codificacion klingon
! simae: no se conoce la codificación «klingon»; pruebe UTF-8, CP850 o CP1252
? 1

# What cannot be.
$ simae directorio importar no-hay.dbf
! simae: no existe el archivo no-hay.dbf
? 1

$ printf 'nada' >nada.csv; simae directorio importar nada.csv
!~ ^simae: nada.csv: la primera línea no nombra columnas
? 1

$ printf 'A;B\n1;2\n' >otro.csv; simae directorio importar otro.csv
!~ ^simae: otro.csv: no tiene la columna COD_MOD
? 1

$ simae directorio
!~ ^simae: diga importar, buscar
!~ ^Uso: simae directorio
? 2

$ simae directorio importar
!~ ^simae: diga qué archivo importar
!~ ^Uso: simae directorio
? 2

$ simae directorio importar a.dbf --ugel 060001 --todo
!~ ^simae: --todo y --ugel no van juntas
!~ ^Uso: simae directorio
? 2

$ simae directorio importar excel.csv --datos nueva --ceros --rechazos no/hay/r.csv
~ ^CSV en UTF-8
...
!~ no/hay
? 1

# People with two records: proposed, and joined only when somebody says so.
$ for n in Rosa R. Luz; do printf '{"apellidos":"Ejemplo Peñón","nombres":"%s","cargo":"docente","ugel":"060001"}' $n | SIMAE_TEST_SEED=$n simae registro crear persona --respuestas - --concluir --datos gente | cut -d' ' -f1 >>codigos; done; simae directorio duplicados --datos gente --json | jq -r '[.persona_a, .persona_b, .motivo] | join(" + ")' | tr 'R' 'r' | sort
~ ^Ejemplo Peñón, r.* \+ Ejemplo Peñón, r.* \+ los mismos apellidos, nombres abreviados$

$ simae directorio duplicados --ugel 060002 --datos gente --json | wc -l
0

$ simae directorio unir $(sed -n 1p codigos) $(sed -n 2p codigos) --datos gente
~ ^Unidas: queda [0-9A-Z]+$

$ simae directorio duplicados --datos gente --json | wc -l
0

$ simae registro listar --formulario persona --datos gente --json | jq -r .titulo | sort
Ejemplo Peñón, Luz
Ejemplo Peñón, Rosa

$ simae registro historia $(sed -n 2p codigos) --datos gente --json | jq -r .estado
concluido
anulado

$ simae directorio unir $(sed -n 1p codigos) $(sed -n 2p codigos) --datos gente
! simae: Ejemplo Peñón, R. ya está anulada
? 1

$ simae directorio distintas $(sed -n 1p codigos) $(sed -n 3p codigos) --datos gente
Son dos personas: no se volverán a proponer

$ simae directorio unir AAAA --datos gente
!~ ^simae: diga dos personas, por su código
!~ ^Uso: simae directorio
? 2

# Line by line: the trial first, and then only with a yes; people twice are joined there too.
$ printf 'Prueba\nUno\n2\n1\ndirectorio\n14\npadron.dbf\n*\nno\n14\n\n*\nsí\n\nsalir\n' | simae --texto --datos lineas | grep -E '^(Padrón|Enter:|Todavía|Se deja|Importado|Todos)'
Padrón del Ministerio: escriba dónde está el archivo DBF o CSV.
Todavía no se guardó nada. Si importa: 1 970 nuevas, 0 iguales, 216 inactivas marcadas, 20 filas con error.
Se deja como está.
Padrón del Ministerio: escriba dónde está el archivo DBF o CSV.
Enter: padron.dbf.
Todavía no se guardó nada. Si importa: 1 970 nuevas, 0 iguales, 216 inactivas marcadas, 20 filas con error.
Importado: 1 970 nuevas, 0 iguales, 216 inactivas marcadas, 20 filas con error.
~ ^Todos los avisos están en lineas/salida/padron-avisos.csv$

$ rm codigos; for n in Rosa R.; do printf '{"apellidos":"Ejemplo Peñón","nombres":"%s","cargo":"docente","ugel":"060001"}' $n | SIMAE_TEST_SEED=$n simae registro crear persona --respuestas - --concluir --datos lineas >/dev/null; done; printf 'directorio\n15\n1\n1\n\nsalir\n' | simae --texto --datos lineas | grep -E '^(A:|Unidas|No se encontró)'
~ ^A: Ejemplo Peñón, R.*\. B: Ejemplo Peñón, R.*\. los mismos apellidos, nombres abreviados\.$
Unidas: queda una, con lo que a cada una le faltaba. La otra queda anulada.
No se encontró ninguna persona que esté dos veces.
