#!/bin/sh
# inventory.sh [README [TSV]]: nothing of the documents that simae was made from is without a place.
#   every id of tests/vectors/inventario.tsv stands once in the tables of «Dónde está cada cosa» of
#   forms/README.md, with a name and a place, and the tables have no other ids
#   every place between backquotes exists, by its shape:
#       form, form.question   as the program itself reads them (build/simae, or $SIMAE)
#       lista:NAME            a list, or a file of lists, of forms/listas
#       ayuda:ID              an article of forms/ayuda
#       tablero NAME          a row of include/report/boards.def
#       simae COMMAND         a row of include/cli/commands.def
# With no argument it also plants a mistake of each kind, which must be found.
readme=${1:-forms/README.md}
tsv=${2:-tests/vectors/inventario.tsv}
simae=$(realpath "${SIMAE:-build/simae}")
status=0
say() { printf '%s: %s\n' "$readme" "$*"; status=1; }

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

# The rows: ID, tab, name, tab, places.
awk -F ' *[|] *' '
        /^## / { inside = /Dónde está cada cosa/ }
        inside && /^[|]/ && $2 != "id" && $2 !~ /^-+$/ { printf "%s\t%s\t%s\n", $2, $3, $4 }' "$readme" >"$scratch/rows"
cut -f 1 "$scratch/rows" | sort >"$scratch/ids"
awk -F '\t' 'NR > 1 { print $1 }' "$tsv" | sort >"$scratch/wanted"

uniq -d "$scratch/wanted" | while read -r id; do echo "$tsv: $id is there twice"; done
awk -F '\t' 'NR > 1 && ($2 !~ /^[NCP]$/ || $3 == "" || NF != 3)' "$tsv" | sed "s|^|$tsv: not id, N C or P, name: |"
uniq -d "$scratch/ids" | sed "s|^|$readme: twice in the table: |"
comm -23 "$scratch/wanted" "$scratch/ids" | sed "s|^|$readme: no row for |"
comm -13 "$scratch/wanted" "$scratch/ids" | uniq | sed "s|^|$readme: not of the inventory: |"
awk -F '\t' '$2 == "" || $3 !~ /`/ { print $1 }' "$scratch/rows" | sed "s|^|$readme: no name or no place for |"
{
        uniq -d "$scratch/wanted"
        awk -F '\t' 'NR > 1 && ($2 !~ /^[NCP]$/ || $3 == "" || NF != 3)' "$tsv"
        uniq -d "$scratch/ids"
        comm -3 "$scratch/wanted" "$scratch/ids"
        awk -F '\t' '$2 == "" || $3 !~ /`/' "$scratch/rows"
} | grep -q . && status=1

# What exists: one place a line, as it is written.
forms=${INVENTORY_KNOWN:-$scratch/known}
if [ ! -s "$forms" ]; then
        SIMAE_FORMS=$PWD/forms SIMAE_HOME=$scratch/datos
        export SIMAE_FORMS SIMAE_HOME
        "$simae" formularios listar --json | jq -r .ficha | while read -r form; do
                echo "$form"
                "$simae" formularios ver "$form" --json | jq -r --arg form "$form" '$form + "." + .pregunta'
        done >"$forms"
        sed -n 's/^  \([a-z0-9_]*\): *$/lista:\1/p' forms/listas/*.yaml >>"$forms"
        for file in forms/listas/*.yaml; do basename "$file" .yaml; done | sed 's/^/lista:/' >>"$forms"
        cat forms/ayuda/*.yaml 2>/dev/null | sed -n 's/^ *- *{*id: *\([a-z0-9_]*\).*/ayuda:\1/p' >>"$forms"
        cat include/report/boards.def 2>/dev/null | sed -n 's/^BOARD([a-z_0-9]*, *"\([a-z_0-9-]*\)".*/tablero \1/p' >>"$forms"
        sed -n 's/^COMMAND([a-z_]*, *"\([a-z_]*\)".*/simae \1/p' include/cli/commands.def >>"$forms"
fi
sort -u "$forms" >"$scratch/sorted"
cut -f 3 "$scratch/rows" | grep -o '`[^`]*`' | tr -d '`' | sort -u >"$scratch/places"
comm -23 "$scratch/places" "$scratch/sorted" >"$scratch/missing"
while read -r place; do say "there is no $place"; done <"$scratch/missing"

if [ $# -eq 0 ]; then
        INVENTORY_KNOWN=$scratch/sorted
        export INVENTORY_KNOWN
        heard() { sh "$0" "$1" | sed 's/^[^:]*: //' | sort; }
        planted() { # WHAT SED-SCRIPT
                sed "$2" "$readme" >"$scratch/README.md"
                heard "$scratch/README.md" >"$scratch/found"
                cmp -s "$scratch/before" "$scratch/found" && { echo "inventory.sh does not notice $1"; status=1; }
        }
        heard "$readme" >"$scratch/before" # what is wrong already, if anything
        planted "a row that is missing" '/^| E05 |/d'
        planted "an empty place" 's/^\(| E05 | [^|]* |\).*/\1  |/'
        planted "a row that is there twice" '/^| E05 |/p'
        planted "a row of nothing" 's/^| E05 |/| E95 |/'
        planted "a form that does not exist" '/^| E05 |/s/`institucion`/`instituciom`/'
        planted "a question that does not exist" '/^| E01 |/s/`ugel.dre`/`ugel.dree`/'
        planted "a list that does not exist" '/^| E01 |/s/`lista:dre`/`lista:dree`/'
        planted "an article that does not exist" '/^| NOR01 |/s/`ayuda:pen`/`ayuda:penn`/'
        planted "a board that does not exist" '/^| E36 |/s/`tablero compromisos`/`tablero compromisoss`/'
        planted "a command that does not exist" '/^| I21 |/s/`simae formularios`/`simae formulario`/'
fi
exit $status
