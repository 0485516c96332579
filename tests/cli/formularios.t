# Forms: check, install, list, show.

$ simae formularios verificar "$TREE/forms"
~ ^[0-9]+ fichas sin errores$

$ simae formularios verificar "$TREE/forms/directorio/persona.yaml"
1 fichas sin errores

$ simae formularios verificar
! simae: diga qué archivo o carpeta verificar
!~ ^Uso: simae formularios
? 2

$ simae formularios verificar no.yaml
! simae: no.yaml: no existe
? 1

$ cat >mala.yaml <<'END'
> form: mala
> version: "1"
> title: Mala
> instance_name: "'x'"
> survey:
>   - {type: texto, name: a, label: A}
>   - {type: integer, name: b, label: B, relevant: "${c} = 1"}
>   - {type: integer, name: b, label: B}
> END

# Every mistake, with its file, line and column.
$ simae formularios verificar mala.yaml
!~ ^mala\.yaml:6:[0-9]+: .*texto
!~ ^mala\.yaml:7:[0-9]+: .*c
!~ ^mala\.yaml:8:[0-9]+: .*b
! simae: 3 errores; corríjalos y repita
? 1

$ simae formularios verificar mala.yaml --json 2>/dev/null | jq -r '.[] | "\(.line) \(.text | split(":")[0])"'
6 mala.yaml
7 mala.yaml
8 mala.yaml

$ printf 'form: x\n\tversion: 1\n' >tab.yaml; simae formularios verificar tab.yaml
!~ ^tab\.yaml:2:1: 
! simae: 1 error; corríjalo y repita
? 1

$ simae formularios verificar "$TREE/forms/directorio" mala.yaml >/dev/null 2>&1
? 1

# With a mistake nothing is installed.
$ simae formularios instalar mala.yaml
!~ ^mala\.yaml:6:
!~ ^mala\.yaml:7:
!~ ^mala\.yaml:8:
!~ ^simae: .
? 1

$ simae formularios ver mala
!~ ^simae: No hay un formulario «mala»
? 1

$ cat >buena.yaml <<'END'
> form: buena
> version: "1"
> title: Una ficha propia
> instance_name: ${nombre}
> survey:
>   - {type: text, name: nombre, label: Nombre, required: true}
>   - {type: integer, name: edad, label: Edad, constraint: ". > 0", constraint_message: Debe ser mayor que 0}
> END

$ simae formularios instalar buena.yaml
1 fichas instaladas

# Twice is the same as once.
$ simae formularios instalar buena.yaml
1 fichas instaladas

$ simae formularios listar
...
~ ^buena +1 +Una ficha propia +registro +0$

$ simae formularios listar --json | jq -r 'select(.ficha == "buena") | .titulo'
Una ficha propia

$ simae formularios listar --formato csv | head -n 1 | sed 's/\xEF\xBB\xBF//' | tr -d '\r'
ficha;version;titulo;clase;registros

$ simae formularios ver buena --json | jq -c '[.pregunta, .tipo, .obligatoria]'
["nombre","text","sí"]
["edad","integer",null]

$ simae formularios ver person
! simae: No hay un formulario «person». ¿Quiso decir «persona»?
? 1

$ simae formularios ver
! simae: diga qué ficha mostrar
!~ ^Uso: simae formularios
? 2

$ simae formularios instalar
! simae: diga qué archivo o carpeta instalar
!~ ^Uso: simae formularios
? 2

$ simae formularios lstar
! simae: no se entiende «lstar»
!~ ^Uso: simae formularios
? 2
