#!/bin/sh
# padron.sh BUILD [ROWS]: a whole padrón of 180,000 rows into an empty directory, again, one UGEL of it, and the
# same rows as CSV in four encodings, whose directories must be the same bytes.  The peer is the sqlite3 tool
# taking the plain CSV into one table without an index.
program=$PWD/$1/simae rows=${2:-180000} tree=$PWD
top=$(mktemp -d) || exit 1
trap 'rm -rf "$top"' EXIT
export LC_ALL=C.UTF-8 TZ='<-05>5' SIMAE_FORMS="$tree/forms" PYTHONDONTWRITEBYTECODE=1
cd "$top" || exit 1
python3 "$tree/tests/tools/make_padron.py" "$rows" .
measured() { # NAME COMMAND…: seconds, of them in the processor, and the most memory
        python3 - "$@" <<'END'
import resource, subprocess, sys, time
begin = time.time()
done = subprocess.run(sys.argv[2:], stdout=subprocess.PIPE, text=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
said = done.stdout.splitlines()[1:2]
print("%-24s %6.1f s  %6.1f s cpu  %4d MB  %s" % (sys.argv[1], time.time() - begin, used.ru_utime + used.ru_stime,
                                                used.ru_maxrss // 1024, "".join(said)))
END
}
echo "padrón of $rows rows (goal: whole 60 s, one UGEL 5 s, 100 MB)"
measured "sqlite3 .import" sqlite3 -cmd '.separator ,' peer.db '.import padron-utf8.csv padron' 2>/dev/null
measured "dbf, one UGEL" "$program" directorio importar padron.dbf --ugel 060001 --datos "$top/one"
measured "dbf, whole" "$program" directorio importar padron.dbf --datos "$top/dbf"
measured "dbf, whole, again" "$program" directorio importar padron.dbf --datos "$top/dbf"
"$program" tabla institucion --datos "$top/dbf" >dbf.csv
for file in padron-cp850.csv padron-cp1252.csv padron-utf8.csv padron-bom.csv; do
        measured "$file" "$program" directorio importar $file --datos "$top/other"
        "$program" tabla institucion --datos "$top/other" | cmp - dbf.csv && echo "  the same directory"
        rm -r other
done
