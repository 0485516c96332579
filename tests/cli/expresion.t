# Expressions: type and value, or the column and what is wrong.

$ simae expresion '1 + 1'
number 2

$ simae expresion "concat('a', 'ñ')"
string añ

$ simae expresion 'today()'
date 2026-03-02

$ simae expresion 'now()'
datetime 2026-03-02T08:05:00.000-05:00

$ simae expresion '1 > 2'
boolean false

$ simae expresion "''"
empty

$ simae expresion '1 div 0'
number Infinity

$ simae expresion '1 +'
error 4 la expresión termina antes de tiempo: falta un valor
? 1

$ simae expresion 'sume(1)'
~ ^error 1 no existe la función sume\(\).*sum
? 1

$ simae expresion
!~ ^simae: escriba una expresión, o use --lote
!~ ^Uso: simae expresion
? 2

$ simae expresion '1' --lote
!~ ^simae: escriba una expresión, o use --lote
!~ ^Uso: simae expresion
? 2

# One line of answer for each line of a batch, whatever it holds; the status is 0.
$ simae expresion --lote <<'END'
> 1 + 1
> 
> foo(
> 'a'
> date('2026-02-30')
> END
number 2
error 1 falta la expresión
~ ^error 1 no existe la función foo\(\)
string a
empty

$ printf '2 * 3' | simae expresion --lote
number 6

$ simae expresion --lote </dev/null

$ cat >r.json <<'END'
> {"edad": 9, "nombre": "Ana", "fecha": {"date": "2026-03-01"}, "notas": [14, null, 17],
>  "alumnos": [{"dni": "1", "talla": 8}, {"dni": "2", "talla": 10}], "grupo": {"dentro": true}}
> END

$ simae expresion --lote --respuestas r.json <<'END'
> ${edad} + 1
> ${nombre}
> ${fecha} + 1
> sum(${notas})
> count(${alumnos})
> ${dentro}
> ${no_existe}
> END
number 10
string Ana
date 2026-03-02
number 31
number 2
boolean true
~ ^error 1 no existe la pregunta \$\{no_existe\}

$ simae expresion '1' --respuestas no.json
! simae: no se puede abrir no.json: no existe
? 1

$ echo '{"a": 1, "a": 2}' | simae expresion '1' --respuestas -
! simae: -:1:12: no es JSON válido: un nombre está dos veces en el mismo objeto
? 1

$ echo '[1]' | simae expresion '1' --respuestas - 2>/dev/null
? 1

# A text of a megabyte is too much; nesting without end too.
$ head -c 2000000 /dev/zero | tr '\0' '(' | simae expresion --lote
~ ^error [0-9]+ .

$ head -c 5000 /dev/zero | tr '\0' '(' | simae expresion --lote
~ ^error [0-9]+ .

$ simae expresion 1 2
! simae: sobra «2»
!~ ^Uso: simae expresion
? 2

$ simae expresion 1 --escala 3
! simae: la orden expresion no lleva la opción --escala
!~ ^Uso: simae expresion
? 2
