# A workbook of a form: its records, the rows of its repeats and what its columns mean, read by another program.

$ mkdir fichas; cat >fichas/taller.yaml <<'END'
> form: taller
> version: "1"
> title: Taller
> instance_name: ${dia}
> choices:
>   asistencia:
>     - {name: si, label: "Sí, completo"}
>     - {name: no, label: "No"}
> survey:
>   - group: datos
>     label: Datos
>     survey:
>        - {type: date, name: dia, label: Día, required: true}
>        - {type: integer, name: horas, label: Horas}
>        - repeat: personas
>          label: Personas que llegaron
>          survey:
>            - {type: text, name: nombre, label: Nombre}
>            - {type: text, name: dni, label: DNI, sensitive: true}
>            - {type: select_one asistencia, name: vino, label: ¿Vino?}
>        - repeat: reservas
>          label: Reservas
>          sensitive: true
>          survey:
>            - {type: text, name: motivo, label: Motivo}
> END
> cat >t.json <<'END'
> {"dia": "2026-03-09", "horas": 7, "personas": [{"nombre": "=1+1", "dni": "02345678", "vino": "si"},
>  {"nombre": "Rosa", "vino": "no"}], "reservas": [{"motivo": "x"}]}
> END
> cat >hojas.py <<'END'
> import sys, zipfile, xml.etree.ElementTree as et
> n = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
> book = zipfile.ZipFile(sys.argv[1])
> for i, sheet in enumerate(et.fromstring(book.read('xl/workbook.xml')).iter(n + 'sheet'), 1):
>     print('==', sheet.get('name'))
>     for row in et.fromstring(book.read(f'xl/worksheets/sheet{i}.xml')).iter(n + 'row'):
>         cells = {c.get('r').rstrip('0123456789'): ''.join(c.itertext()) for c in row.iter(n + 'c')}
>         if cells['A'] == 'Código' or len(cells['A']) == 8:
>             print(cells['H'], *[text for at, text in cells.items() if at > 'H'], sep=' | ')
>         elif cells['C'] not in ('codigo', 'registro', 'registro_padre', 'estado_registro', 'envio', 'titulo', 'version_ficha', 'fila'):
>             print(*cells.values(), sep=' | ')
> END
> simae registro crear taller --fichas fichas --respuestas t.json --concluir | wc -l
1

$ simae tabla taller --fichas fichas --salida t.xlsx; python3 hojas.py t.xlsx
== Taller
Fila | Día | Horas | Personas que llegaron
1 | 46090 | 7 | 2
== Personas que llegaron · Taller
Fila | Nombre | ¿Vino? | ¿Vino? (texto)
1 | =1+1 | si | Sí, completo
2 | Rosa | no | No
== Campos
Hoja | Columna | Nombre | Título | Tipo | Valores
Taller | I | dia | Día | fecha
Taller | J | horas | Horas | número
Taller | K | personas | Personas que llegaron | número
Personas que llegaron · Taller | I | nombre | Nombre | texto
Personas que llegaron · Taller | J | vino | ¿Vino? | texto | si = Sí, completo; no = No
Personas que llegaron · Taller | K | vino.texto | ¿Vino? (texto) | texto

# Of the rows of a repeat alone, and with what is sensitive; other formats have one table.
$ simae tabla taller/personas --fichas fichas --salida p.xlsx; python3 hojas.py p.xlsx | grep ^==
== Personas que llegaron · Taller
== Campos

$ simae tabla taller --fichas fichas --sensibles --salida s.xlsx; python3 hojas.py s.xlsx | grep -E '^==|02345678'
== Taller
== Personas que llegaron · Taller
1 | =1+1 | 02345678 | si | Sí, completo
== Reservas · Taller
== Campos

$ simae tabla taller --fichas fichas --sensibles --formato html | grep -c '<tr>'
2

# The ending of the file says the format, unless --formato does.
$ simae tabla taller --fichas fichas --salida t.html; simae tabla taller --fichas fichas --formato ndjson --salida n.txt; head -c 15 t.html; head -c 2 n.txt; echo
<!DOCTYPE html>{"

$ TMPDIR=/no/hay simae tabla persona --formato xlsx --salida u.xlsx
!~ ^simae: no se pudo preparar el libro en /no/hay
? 1
