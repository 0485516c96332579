# The indicators of the Balance: all of them, or one in full. No data folder is needed.

$ simae indicadores | head -n 3
~ ^Clave +Indicador +Unidad +Línea base +Parte de
...
~ ^doc_caracteriza +Docentes que caracterizan a sus estudiantes .* porcentaje +46 % \(2022; S2:225, S2:15\)

$ simae indicadores --json | wc -l
169

$ simae indicadores --json | jq -r 'select(.parte_de == "doc_retos_compuesto") | .clave'
doc_reto_situaciones
doc_deja_pensar
doc_altas_expectativas
doc_atiende_diversidad

# The seven principles stand for one row of the catalogue of 137; the parts of composites that are not rows are 26.
$ simae indicadores --json | jq -s '[.[] | select(.clave | startswith("mgea_principio_"))] | length'
7

# One, in words and in expressions.
$ simae indicadores doc_caracteriza
Docentes que caracterizan a sus estudiantes (pedagógica y socio familiar)
doc_caracteriza · porcentaje · núcleo
Sección del Balance: Docentes: planificación
Qué es mejor: sube
Objetivo del Programa SER: 2
Plazo del resultado: mediano

Cuenta: personas
Numerador: docentes que logran el criterio (nivel III o IV)
Denominador: docentes monitoreados con el criterio observado
Cobertura: de las personas activas con cargo docente, en el directorio de hoy.
Con menos de 5 no se muestra.
Línea base: 46 % (2022; S2:225, S2:15)
La misma cifra al revés: No logran caracterizar, 54 (S2:15); no se cuenta otra vez

Fuente: simae_docente, el último registro de cada uno
  when    ${caracteriza} >= 1
  who     ${docente}
  num     ${caracteriza} >= logra

# Of two forms, each with its own unit of count.
$ simae indicadores articula_familia_comunidad | grep ^Fuente
Fuente: simae_docente, el último registro de cada uno
Fuente: simae_directivo, el último registro de cada uno

# A baseline in another unit says so.
$ simae indicadores dir_mejoras_ser | grep '^Línea'
Línea base: 1422 (S2:187-189)

$ simae indicadores reu_semanales | grep '^Cuenta especial'
Cuenta especial (semanas): El denominador son las semanas ya transcurridas del periodo por cada unidad que tiene alguna en el año. Una semana es del periodo en que cae su jueves.

$ simae indicadores ale_violencia --json | jq -c '[.reserved, .minimum, .baseline[0].value, .sources[0].who]'
[true,5,512,null]

$ simae indicadores ctx_huerfanos | tail -n 2
Es de contexto: no se calcula, solo muestra su línea base.
Línea base: 1310 (S2:45)

$ simae indicadores doc_caracterisa
! simae: no existe el indicador «doc_caracterisa»; ¿quiso decir «doc_caracteriza»?
? 1

$ simae indicadores zzz
! simae: no existe el indicador «zzz»; «simae indicadores» los muestra todos
? 1

$ simae indicadores --fichas /no/existe
! simae: no existe la carpeta de fichas /no/existe
? 1

$ mkdir vacia && simae indicadores --fichas vacia
! simae: no hay indicadores: falta indicadores.yaml entre las fichas, o está mal escrito; diga dónde están las fichas con --fichas CARPETA
? 1

# A UGEL adds an indicator by adding rows; what is wrong is told with its place.
$ cp -R $TREE/forms fichas && cat >>fichas/indicadores.yaml <<END
> 
>   - key: nuestro_indicador
>     label: Docentes con planificación
>     unit: porcentaje
>     counts: persona
>     mark: C
>     numerator: docentes que la tienen
>     denominator: docentes monitoreados con respuesta
>     unfed: La pregunta ya existía.
>     sources:
>       - {form: simae_docente, when: "\${tiene_planificacion} != ''", who: "\${docente}", num: "\${tiene_planificacion} = 'si'"}
> END

$ simae formularios verificar fichas
~ ^[0-9]+ fichas sin errores$

$ simae indicadores nuestro_indicador --fichas fichas | head -n 1
Docentes con planificación

$ sed -i "s/{tiene_planificacion} = 'si'/{tiene_planificasion} = 'si'/" fichas/indicadores.yaml; simae formularios verificar fichas/indicadores.yaml
!~ ^fichas/indicadores.yaml:[0-9]+:[0-9]+: no existe la pregunta \$\{tiene_planificasion\}; ¿quiso decir \$\{tiene_planificacion\}\?$
! simae: 1 error; corríjalo y repita
? 1
