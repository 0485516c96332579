# The guide: articles found by words, printed by name. No data folder is needed.

$ simae ayuda mae
MAE

Monitoreo, acompañamiento y evaluación; también, el equipo que los hace.

(Glosario)

$ ls
? 0

# One article has all these words; accents and case do not matter.
$ simae ayuda fiscalia COMISARIA | head -n 1
Violencia escolar: SíseVe y sus protocolos

$ simae ayuda retroalimentación oportunidad --json | jq -r .ayuda
retroalimentar

# What has them in its title comes before what only speaks of it.
$ simae ayuda autonomía --json | jq -r .ayuda | head -n 2
autonomia
mgea_principios

$ simae ayuda petit comité --json | jq -r .titulo
Petit comité
Ciclo del Programa SER: de la demanda al reconocimiento

$ simae ayuda cge --json | jq -c '[.ayuda, .titulo, .tema]'
["cge","Compromisos de gestión escolar (CGE)","MGEA y gestión"]

# Several: a list.
$ simae ayuda retroalimentación
~ ^Ayuda +Título +Tema +Fuente
...
~ ^retroalimentar +El diálogo después de observar
...

# Without words, all of them.
$ test $(simae ayuda --json | wc -l) -gt 120

$ simae ayuda xyzzy
! simae: nada de la ayuda tiene «xyzzy»; pruebe con menos palabras, o con «simae ayuda» para ver todo
? 1

$ simae ayuda mae --fichas no-hay
! simae: no existe la carpeta de fichas no-hay
? 1

$ mkdir -p otras; simae ayuda mae --fichas otras
! simae: no hay ayuda: falta la carpeta «ayuda» entre las fichas; diga dónde están con --fichas CARPETA
? 1

# An article that is badly written is told, and does not take the others.
$ mkdir -p otras/ayuda otras/listas; cat >otras/ayuda/a.yaml <<'END'
> guide: a
> title: A
> articles:
>   - {id: uno, title: Uno}
>   - {id: dos, title: Dos, text: Algo.}
> END
> simae ayuda dos --fichas otras
! otras/ayuda/a.yaml:4:5: falta la clave text
Dos

Algo.

(A)

$ simae formularios verificar otras
! otras/ayuda/a.yaml:4:5: falta la clave text
! simae: 1 error; corríjalo y repita
? 1
