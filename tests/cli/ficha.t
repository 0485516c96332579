# What stays at the school: actas of records and blank forms.

$ cat >p.json <<'END'
> {"apellidos": "Quispe Alto", "nombres": "Rosa", "cargo": "docente", "dni": "02345678", "telefono": "987654321"}
> END
> simae registro crear persona --respuestas p.json --concluir | cut -d' ' -f1 >codigo; wc -l <codigo
1

$ simae ficha $(cat codigo) | sed -n 1,3p
Persona
Quispe Alto, Rosa
~ ^Código .* · concluido$

$ simae ficha $(cat codigo) | grep -c 'Cargo: Docente'
1

# Personal data only when asked for, and then marked.
$ simae ficha $(cat codigo) | grep -c -e 02345678 -e 987654321 -e Reservado
0
? 1

$ simae ficha $(cat codigo) --sensibles | grep -e 02345678 -e '^Reservado'
Reservado
~ 02345678

# A file whose name says what it is.
$ simae ficha $(cat codigo) --salida acta.html; head -c 15 acta.html
<!DOCTYPE html>

$ simae ficha $(cat codigo) --formato html --sensibles | python3 -c 'import sys, xml.dom.minidom as m
> page = sys.stdin.read().split("\n", 1)[1]
> print(m.parseString(page).documentElement.tagName)'
html

# Blank, with the keys that the program takes.
$ simae ficha simae_docente | grep -e 'Se pudo realizar la observación? \*' | head -n 1
¿Se pudo realizar la observación? *:  [ ] 1 Sí  [ ] 2 No

$ simae ficha simae_docente | awk 'length($0) > 240' | wc -l
0

$ simae ficha compromiso --salida blanco.txt; sed -n 1p blanco.txt
Compromiso y su seguimiento

# An alert of violence is refused, and says how it is asked for.
$ jq '.[] | select(.alias == "ie_a") | .answers' "$TREE/tests/fichas/directorio/10-base.json" >ie.json
> simae registro crear institucion --respuestas ie.json --concluir | cut -d' ' -f1 >ie
> cat >alerta.json <<END
> {"fecha_hecho": "2026-03-02", "fecha_conocimiento": "2026-03-02", "ie": "$(cat ie)", "hora_conocimiento": "08:00", "ugel": "060001",
>  "reporta": "$(cat codigo)", "rama": "violencia", "relacion": "entre_estudiantes", "tipo_violencia": ["fisica"],
>  "urgencia": "no", "nivel_severidad": "media", "descripcion": "HECHO-RESERVADO contado sin nombres",
>  "accion_inmediata": ["proteger"], "protocolo_norma": "rm_274_2020", "paso": "accion", "siseve_reportado": "no",
>  "responsable": "$(cat codigo)", "estado": "abierta"}
> END
> simae registro crear alerta --respuestas alerta.json --concluir | cut -d' ' -f1 >alerta; wc -l <alerta
1

$ simae ficha $(cat alerta)
!~ ^simae: Esta ficha es reservada .*--sensibles
? 1

$ simae ficha $(cat alerta) --sensibles | grep -c -e HECHO-RESERVADO -e '^Reservado$'
2

# Line by line: a blank from the list of new records, and an acta.
$ printf 'Paz\nLuz\n6\n1\n1\n.imprimir 1\n2\n\n.salir\n' | simae --texto | grep '^Guardada: '
~ ^Guardada: .*/salida/[a-z_]*-en-blanco.txt$

$ printf '4\npersona\n1\nquispe\n1\n4\n1\n\n.salir\n' | simae --texto | grep '^Guardada: '
~ ^Guardada: .*/salida/persona-[0-9A-Z]*.html$

# What cannot be.
$ simae ficha
! simae: diga el código de un registro o el nombre de una ficha
!~ ^Uso: simae ficha
? 2

$ simae ficha nada
!~ ^simae: No hay una ficha ni un registro «nada»
? 1

$ simae ficha simae_docnte
!~ simae_docente
? 1

$ simae ficha simae_docente --formato pdf
! simae: no se imprime en formato «pdf»; use html o texto
? 1

$ simae ficha simae_docente --salida no/hay/x.html
!~ ^simae: .*no/hay
? 1

$ simae ficha simae_docente >/dev/full 2>dicho
? 1

$ head -n 1 dicho
~ ^simae: .*no queda espacio
