# Attached files: taken in by their content when they are answered, once, and given back whole.

$ mkdir fichas && cat >fichas/prueba.yaml <<'END'
> form: prueba
> version: "1"
> title: Prueba de adjuntos
> kind: record
> instance_name: concat('Prueba ', ${nombre})
> survey:
>   - {type: text, name: nombre, label: Nombre, required: true}
>   - {type: file, name: acta, label: Acta escaneada}
>   - repeat: fotos
>     label: Fotos
>     survey:
>       - {type: image, name: foto, label: Foto}
> END
> printf 'el acta' >'acta de cierre.PDF' && printf 'una foto' >foto.jpg && mkdir carpeta && : >vacio.txt
> simae formularios instalar fichas >/dev/null && echo bien
bien

$ cat >a.json <<'END'
> {"nombre": "Uno", "acta": "acta de cierre.PDF", "fotos": [{"foto": "~/foto.jpg"}, {"foto": "foto.jpg"}]}
> END
> simae registro crear prueba --respuestas a.json --concluir --json | jq -r .codigo >codigo && wc -l <codigo
1

# The original may go: what was taken in is named by its BLAKE2b-256, which b2sum judges; the photograph is there once.
$ rm foto.jpg; (cd datos/adjuntos && for f in *; do echo "$(b2sum -l 256 "$f" | cut -c 1-64)|$f"; done | sed 's/^\(.*\)|\1/same /'; stat -c %a *)
same .jpg
same .pdf
600
600

$ simae registro ver "$(cat codigo)" | grep -E 'Acta|Foto:'
~ ^ *Acta escaneada: acta de cierre\.PDF$
    Foto: foto.jpg
    Foto: foto.jpg

$ simae registro archivos "$(cat codigo)" --json | jq -r '.pregunta + "|" + .nombre + "|" + (.bytes | tostring)'
Acta escaneada|acta de cierre.PDF|7
Foto|foto.jpg|8
Foto|foto.jpg|8

$ mkdir salida && echo otra >salida/foto.jpg && simae registro archivos "$(cat codigo)" --a salida --json | jq -r .lugar
salida/acta de cierre.PDF
salida/2-foto.jpg
salida/2-foto.jpg

$ cat 'salida/acta de cierre.PDF' salida/2-foto.jpg salida/foto.jpg
el actauna fotootra

# What is no file is a problem of its question, and nothing is stored.
$ echo '{"nombre": "Dos", "acta": "no_hay.pdf", "fotos": [{"foto": "carpeta"}, {"foto": "vacio.txt"}]}' | simae registro crear prueba --respuestas - --concluir
! acta: se esperaba dónde hay un archivo que se pueda leer, de 32 MiB como máximo
! foto: se esperaba dónde hay un archivo que se pueda leer, de 32 MiB como máximo
! foto: se esperaba dónde hay un archivo que se pueda leer, de 32 MiB como máximo
! simae: la ficha tiene 3 problemas; no se guardó nada
? 1

$ truncate -s 33M grande.pdf; echo '{"nombre": "Tres", "acta": "grande.pdf"}' | simae registro crear prueba --respuestas -
! acta: se esperaba dónde hay un archivo que se pueda leer, de 32 MiB como máximo
! simae: la ficha tiene 1 problema; no se guardó nada
? 1

# In bundles they go with what names them, each once; the office has them then, and hands them on.
$ simae claves crear --datos b 2>/dev/null | sed -n '2s/ *//p' >pub; simae claves aceptar "$(cat pub)" >/dev/null
> simae claves aceptar --datos b "$(simae claves mostrar | sed -n '2s/ *//p')" >/dev/null
> simae exportar --a a1.simae >/dev/null && simae abrir a1.simae -i b/keys/oficina.txt | tar t | grep ^files/ | sed 's/[0-9a-f]\{64\}/HASH/'
files/HASH.jpg
files/HASH.pdf

$ simae importar --datos b a1.simae
a1.simae: 1 nuevo, 0 actualizados, 0 ya recibidos, 0 en espera, 0 rechazados

$ mkdir del_otro && simae registro archivos "$(cat codigo)" --datos b --a del_otro --json | jq -r .nombre && cat 'del_otro/acta de cierre.PDF'
acta de cierre.PDF
foto.jpg
foto.jpg
el acta

# A copy that was damaged is not given for the original.
$ printf x >>"$(echo datos/adjuntos/*.pdf)"; mkdir otra; simae registro archivos "$(cat codigo)" --a otra
! simae: el archivo «acta de cierre.PDF» que hay en esta laptop está dañado
? 1

# Nor does it travel, and it stops nothing.
$ SIMAE_TEST_SEED=2 simae exportar --todo --a a2.simae >/dev/null && simae abrir a2.simae -i b/keys/oficina.txt | tar t | grep ^files/ | sed 's/[0-9a-f]\{64\}/HASH/'
files/HASH.jpg

# Whoever takes that in lacks it, and says so.
$ simae importar --datos c --identidad b/keys/oficina.txt a2.simae >/dev/null; simae registro archivos "$(cat codigo)" --datos c --json | jq -r .lugar | sed 's/c.*/aquí/'
no está en esta laptop
aquí
aquí

# A purge at the office takes the files that nothing else names, and leaves those of another record and of what the record says now.
$ printf 'el acta' >acta.pdf; printf 'otra foto' >foto.jpg; echo '{"nombre": "Cuatro", "acta": "acta.pdf"}' >a.json
> simae formularios instalar fichas --datos b >/dev/null; SIMAE_TEST_SEED=7 simae registro crear prueba --datos b --respuestas a.json --concluir --json | jq -r .codigo >cuatro; ls b/adjuntos | wc -l
2

$ simae registro purgar "$(cat codigo)" --datos b --motivo 'La pidió la familia' --confirmar "$(cat codigo)" | cut -d. -f1 | cut -c9-; ls b/adjuntos | sed 's/^.*[.]/x./'
: 1 versión purgada
x.pdf

$ simae registro archivos "$(cat cuatro)" --datos b --json | jq -r .bytes
7

$ simae registro purgar "$(cat cuatro)" --datos b --motivo 'También' --confirmar "$(cat cuatro)" | cut -d. -f1 | cut -c9-; ls b/adjuntos | wc -l
: 1 versión purgada
0

# Each part brings the files of its own revisions; a file that is too much for what is left goes with its revision in the next.
$ seq 1500 >lista.txt; echo '{"nombre": "Dos", "acta": "lista.txt"}' >b.json; simae registro crear prueba --respuestas b.json --concluir | wc -l
> echo 'la lluvia llega tarde' >partes.txt; mkdir partes; SIMAE_TEST_SEED=7 SIMAE_TEST_PART=8500 simae exportar --a partes --todo --frase-archivo partes.txt --json | jq -c '[(.archivos | length), .revisiones]'
> for f in $(ls -tr partes/*); do simae abrir $f --frase-archivo partes.txt | tar t | grep -c files/; done
1
[2,2]
1
1
