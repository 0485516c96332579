# Bundles that carry what is lacking, the way back, and receipts.

# Two folders: «lap», a laptop's, and «ofi», an office's; each accepts the other's keys.
$ echo '{"apellidos": "Quispe", "nombres": "Rosa", "cargo": "docente", "ugel": "060001"}' |
> simae registro crear persona --respuestas - --concluir --datos lap | wc -l
1

$ simae claves crear --datos ofi >/dev/null 2>&1; simae claves mostrar --datos ofi >ofi.txt; simae claves mostrar --datos lap >lap.txt
> simae claves aceptar ofi.txt --nombre 'UGEL Uno' --datos lap | cut -d ' ' -f 1-2; simae claves aceptar lap.txt --nombre Rosa --datos ofi | cut -d ' ' -f 1-2
2 claves
1 clave

$ mkdir ida vuelta; simae exportar --datos lap --a ida --json | jq -c '[.registros, .revisiones, .tienen]'
[1,1,0]

# Nobody has said that it came: it goes again.
$ simae registro listar --formulario persona --datos lap --json | jq -r .envio
exportado

$ rm ida/*; simae exportar --datos lap --a ida --json | jq .revisiones; simae importar ida --datos ofi --json | jq .nuevos
1
1

# Back: the acknowledgement, for one laptop by its name, or for all.
$ simae exportar --para Zoe --a vuelta --datos ofi
! simae: no hay ninguna laptop aceptada «Zoe»; vea cuáles hay con «simae claves mostrar»
? 1

$ simae exportar --para todas --a vuelta --datos lap
! simae: todavía no se aceptó ninguna laptop; acepte su clave con «simae claves aceptar»
? 1

$ simae exportar --para Rosa --frase --a vuelta --datos ofi 2>&1 | head -n 1
simae: --para ya dice para quién se cifra: no lleva --clave ni --frase

$ simae exportar --para Rosa --a vuelta --datos ofi
~ ^vuelta/SIMAE-[0-9A-F]+-[0-9]+-[0-9A-F]+\.simae$
~ ^0 registros, 0 revisiones, [0-9]+ bytes: copiado y comprobado$
Revisiones que no van, porque ya las tienen o no son de su UGEL: 1
Cifrado para 1 clave

$ simae importar vuelta --datos lap --json | jq -c '[.nuevos, .ya_recibidos]'; simae registro listar --formulario persona --datos lap --json | jq -r .envio
[0,0]
recibido UGEL

$ simae registro ver $(simae registro listar --formulario persona --datos lap --json | jq -r .codigo) --datos lap | grep Env
Envío: recibido UGEL

# Nothing to take; a receipt all the same, or everything.
$ simae exportar --datos lap --a ida
! simae: No hay nada nuevo que llevar: quien lo recibe ya dijo que lo tiene todo.
! Para llevar igual un acuse de lo recibido, repita con --acuse; con --todo va todo otra vez
? 1

$ simae exportar --datos lap --a ida --acuse --json | jq -c '[.revisiones, .tienen]'; simae exportar --datos lap --a ida --todo --json | jq -c '[.revisiones, .tienen]'
[0,1]
[1,0]

# A new one goes alone.
$ echo '{"apellidos": "Leiva", "nombres": "Luz", "cargo": "docente", "ugel": "060001"}' |
> simae registro crear persona --respuestas - --concluir --datos lap >/dev/null; simae exportar --datos lap --a ida --json | jq -c '[.revisiones, .tienen]'
[1,1]

# A laptop's header tells no key: whoever knows its signature has it. What it holds and does not send is named.
$ simae abrir $(ls -t ida/*.simae | head -n 1) --identidad ofi/keys/oficina.txt >nada; tar xOf nada header.json | jq -c '[.opens, .ugel, .counts.have]'
[null,null,1]

$ tar xOf nada have.ndjson.zst | zstd -dc | wc -l
1

# Too much for one bundle: several, each complete, which together bring all, in any order.
$ mkdir partes; SIMAE_TEST_SEED=3 SIMAE_TEST_PART=1 simae exportar --datos lap --a partes --todo
~ ^partes/SIMAE-[0-9A-F]+-[0-9]+-[0-9A-F]+\.simae$
~ ^partes/SIMAE-[0-9A-F]+-[0-9]+-[0-9A-F]+\.simae$
2 paquetes, cada uno completo: llévelos todos
~ ^2 registros, 2 revisiones, [0-9]+ bytes: copiado y comprobado$
Cifrado para 1 clave

$ for f in partes/*; do simae verificar $f --datos ofi --json | jq -c '[.registros, .revisiones, .tiene, .fichas]'; done
[1,1,1,1]
[1,1,1,1]

$ simae claves crear --datos otra >/dev/null 2>&1; simae claves mostrar --datos otra >otra.txt; simae claves aceptar lap.txt --datos otra >/dev/null
> simae claves aceptar otra.txt --datos lap >/dev/null; rm partes/*; SIMAE_TEST_SEED=4 SIMAE_TEST_PART=1 simae exportar --datos lap --a partes --todo --json | jq -c '[(.archivos | length), .revisiones]'
> for f in $(ls -r partes/*); do simae importar $f --datos otra --json | jq .nuevos; done; simae importar partes --datos otra --json | jq -c '[.nuevos, .ya_recibidos]'
[2,2]
1
1
[0,1]
[0,1]

# To a file name; the second cannot be written: the first is good and stays.
$ touch todo-2.simae; SIMAE_TEST_SEED=5 SIMAE_TEST_PART=1 simae exportar --datos lap --a todo.simae --todo
todo.simae
!~ ^simae: Paquetes copiados y comprobados, que quedan bien: 1 de 2\. El siguiente no se pudo: .*todo-2\.simae
? 1

$ simae verificar todo.simae --datos ofi | head -n 1
~ ^Paquete entero: 1 registro, 1 revisión
