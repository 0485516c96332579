#!/bin/sh
# run.sh BUILD: every bench, each figure beside a named peer measured in the same run.  It prints and never
# fails: on a slow machine the ratios still hold.  A goal in numbers is for a laptop of 2020.
build=$1
top=$(mktemp -d) || exit 1
trap 'rm -rf "$top"' EXIT
export LC_ALL=C.UTF-8 TZ='<-05>5'
run() { # BENCH ARGUMENT...
        bench=$1; shift
        "$build/tests/bench/bench_$bench" "$@" >>"$top/figures" 2>>"$top/errors" || echo "bench_$bench: did not end well"
}

# A batch of expressions through the program, and of SELECTs through sqlite3, on one core.
awk 'BEGIN { for (i = 0; i < 300000; i++) print "if(" i % 97 " > 5, round(100 * " i " div 28, 1), 0) + " i % 13 }' >"$top/expressions"
awk 'BEGIN { for (i = 0; i < 300000; i++) print "SELECT iif(" i % 97 " > 5, round(100.0 * " i " / 28, 1), 0) + " i % 13 ";" }' >"$top/selects"
seconds() { # COMMAND: of one run on one core, least of three
        for i in 1 2 3; do
                begin=$(date +%s%N)
                taskset -c 0 sh -c "$1" >/dev/null
                echo $(($(date +%s%N) - begin))
        done | sort -n | head -n 1
}
echo "batch_simae $(seconds "'$build/simae' expresion --lote <'$top/expressions'")" >>"$top/figures"
echo "batch_sqlite $(seconds "sqlite3 :memory: <'$top/selects'")" >>"$top/figures"

# 100 MB sealed for one key and opened again, by us and by age.
head -c 100000000 /dev/urandom >"$top/plain"
echo "seal_simae $(seconds "rm -f '$top/sealed.key'; '$build/tests/bench/bench_age' '$top/plain' '$top/sealed'")" >>"$top/figures"
key=$("$build/simae" claves mostrar "$top/sealed.key")
echo "seal_age $(seconds "age -r $key -o '$top/peer.age' '$top/plain'")" >>"$top/figures"
echo "open_simae $(seconds "'$build/simae' abrir '$top/sealed' -i '$top/sealed.key'")" >>"$top/figures"
echo "open_age $(seconds "age -d -i '$top/sealed.key' '$top/sealed'")" >>"$top/figures"
rm -f "$top/plain" "$top/sealed" "$top/peer.age"

# A bundle of 1,000,000 revisions of 1.2 KB (BENCH_REVISIONS for fewer), beside the shell's dump of the same file.
seconds_all() { # COMMAND: wall and processor nanoseconds on all cores, of one run; the caller's names for both
        begin=$(date +%s%N)
        TIMEFORMAT='%U %S' bash -c "time { $1 >/dev/null; }" 2>"$top/times"
        echo "$2_wall $(($(date +%s%N) - begin))"
        awk -v name="$2_cpu" 'NF == 2 { print name, ($1 + $2) * 1e9 }' "$top/times"
}
export SIMAE_FORMS="$PWD/forms"
"$build/tests/bench/bench_bundle" "$top/many" "${BENCH_REVISIONS:-1000000}"
"$build/simae" claves crear --salida "$top/office" 2>/dev/null
key=$("$build/simae" claves mostrar "$top/office")
"$build/simae" --datos "$top/many" claves aceptar "$key" >/dev/null
seconds_all "'$build/simae' --datos '$top/many' exportar --a '$top/bundle.simae'" export >>"$top/figures"
seconds_all "sqlite3 '$top/many/simae.db' .dump | zstd -q -3 | age -r $key -o '$top/dump.age'" dump >>"$top/figures"
seconds_all "'$build/simae' verificar -i '$top/office' '$top/bundle.simae'" verify >>"$top/figures"
seconds_all "age -d -i '$top/office' '$top/dump.age' | zstd -dc" undump >>"$top/figures"

# The same into an empty folder, verified and merged; again; then everything derived from it, and all that once more.
# The peer reads the rows as SQL, and does none of that.
peak() { # NAME: a command before another, to tell its memory at the peak in KB; nothing where there is no GNU time
        [ ! -x /usr/bin/time ] || echo "/usr/bin/time -a -o '$top/figures' -f '$1_peak %M'"
}
seconds_all "mkdir '$top/taken' && $(peak import) '$build/simae' --datos '$top/taken' importar --luego '$top/bundle.simae' --identidad '$top/office'" import >>"$top/figures"
seconds_all "$(peak again) '$build/simae' --datos '$top/taken' importar --luego '$top/bundle.simae' --identidad '$top/office'" again >>"$top/figures"
seconds_all "$(peak derive) '$build/simae' --datos '$top/taken' formularios listar" derive >>"$top/figures"
seconds_all "age -d -i '$top/office' '$top/dump.age' | zstd -dc | sqlite3 '$top/undumped.db'" load >>"$top/figures"
seconds_all "'$build/simae' --datos '$top/taken' diagnostico --reconstruir" rebuild >>"$top/figures"
sqlite3 "$top/taken/simae.db" "DELETE FROM meta WHERE name IN ('facts_seen', 'facts_stamp')"
seconds_all "'$build/simae' --datos '$top/taken' balance" facts >>"$top/figures"
rm -rf "$top/taken" "$top/undumped.db"
echo "export_size $(stat -c %s "$top/bundle.simae")
dump_size $(stat -c %s "$top/dump.age")" >>"$top/figures"
rm -rf "$top/many" "$top/bundle.simae" "$top/dump.age"

# A data folder with one unfinished record, to go on with.
export SIMAE_HOME="$top/home" SIMAE_FORMS="$PWD/forms"
"$build/simae" demo --preparar --dir "$SIMAE_HOME" >/dev/null
echo '{"visita_lograda": "si"}' | "$build/simae" registro crear simae_docente --respuestas - >/dev/null
gcc -O2 -o "$top/peer" tests/bench/peer_curses.c $(pkg-config --cflags --libs ncursesw)
: >"$top/nano.txt"
run term "$build/simae" "$top/peer" "$top/nano.txt"
run store
run boards "$top"
run balance 1000000 10000
run form
run fill
run expr

awk -v revisions="${BENCH_REVISIONS:-1000000}" '
        { value[$1] = $2 }
        /^form_load_text/ { form = $2 }
        /^libyaml alone/ { yaml = $3 }
        function row(what, ours, peer, unit, goal, peer_name,    ratio) {
                ratio = peer > 0 ? sprintf("%.2f", ours / peer) : "-"
                printf "%-44s %12s %12s %8s  %-12s %s\n", what, sprintf(unit, ours), (peer > 0 ? sprintf(unit, peer) : "-"), ratio, goal, peer_name
        }
        END {
                printf "%-44s %12s %12s %8s  %-12s %s\n", "what", "ours", "peer", "ratio", "goal", "peer"
                row("start to first paint", value["start_simae"], value["start_peer"], "%.2f ms", "<= 3", "20 lines of ncurses")
                row("key to paint, typing in simae_docente", value["key_simae"], value["key_nano"], "%.3f ms", "<= 1", "nano")
                row("bytes a key, typing in simae_docente", value["bytes_simae"], value["bytes_nano"], "%.1f B", "<= 1", "nano")
                row("an answer saved, durable", value["store_append"], value["store_append_bare"], "%.0f us", "<= 1.3", "bare SQLite commit")
                if (value["batch_simae"] > 0)
                        row("expressions a second, --lote, one core", 3e5 / value["batch_simae"] * 1e9,
                            value["batch_sqlite"] > 0 ? 3e5 / value["batch_sqlite"] * 1e9 : 0, "%.0f", ">= 100000", "sqlite3, a SELECT a line")
                row("100 MB sealed with age, one core", value["seal_simae"] / 1e6, value["seal_age"] / 1e6, "%.0f ms", "<= 1.5", "age")
                row("100 MB opened, one core", value["open_simae"] / 1e6, value["open_age"] / 1e6, "%.0f ms", "<= 1.1", "age -d")
                row("board of 20,000 open commitments", value["board_compromisos"], value["peer_compromisos"], "%.0f ms", "<= 1.5", "sqlite3, the same rows")
                row("coverage: 20,000 visits, 2,000 people", value["board_cobertura"], value["peer_cobertura"], "%.0f ms", "<= 3", "sqlite3, count and group")
                row("a bundle written and checked, wall", value["export_wall"] / 1e6, value["dump_wall"] / 1e6, "%.0f ms", "<= 0.7", "sqlite3 .dump | zstd -3 | age -r")
                row("a bundle written and checked, processor", value["export_cpu"] / 1e6, value["dump_cpu"] / 1e6, "%.0f ms", "<= 0.8", "the same")
                row("a bundle, size", value["export_size"] / 1e6, value["dump_size"] / 1e6, "%.1f MB", "<= 1.02", "the same")
                row("a bundle verified, processor", value["verify_cpu"] / 1e6, value["undump_cpu"] / 1e6, "%.0f ms", "", "age -d | zstd -dc, which checks nothing")
                row("a bundle taken in, verified and merged, wall", value["import_wall"] / 1e6, value["load_wall"] / 1e6, "%.0f ms", "<= 0.9", "age -d | zstd -d | sqlite3, which only inserts")
                row("a bundle taken in, processor", value["import_cpu"] / 1e6, value["load_cpu"] / 1e6, "%.0f ms", "", "the same")
                row("and all derived: views, words, facts, wall", value["derive_wall"] / 1e6, value["load_wall"] / 1e6, "%.0f ms", "", "the same, which derives nothing")
                row("all derived, processor", value["derive_cpu"] / 1e6, value["load_cpu"] / 1e6, "%.0f ms", "", "the same")
                row("the same bundle again, wall", value["again_wall"] / 1e6, value["load_wall"] / 1e6, "%.0f ms", "<= 0.45", "the same")
                if (value["import_peak"] > 0) {
                        row("memory while a bundle is taken in", value["import_peak"] / 1024, 0, "%.0f MB", "< 100 MB", "")
                        row("memory while it is taken in again", value["again_peak"] / 1024, 0, "%.0f MB", "< 100 MB", "")
                        row("memory while all is derived", value["derive_peak"] / 1024, 0, "%.0f MB", "< 100 MB", "")
                }
                if (value["rebuild_wall"] > 0) {
                        row("views, search and facts again, records a second", revisions / value["rebuild_wall"] * 1e9, revisions / value["load_wall"] * 1e9, "%.0f", "", "the same")
                        row("facts of all records again, a second", revisions / value["facts_wall"] * 1e9, revisions / value["load_wall"] * 1e9, "%.0f", ">= 50000", "the same")
                }
                row("balance of 1,000,000 records, 13 UGEL, 8 quarters", value["balance_all"], value["balance_group_by"], "%.1f ms", "< 50 ms", "sqlite3, GROUP BY")
                row("beside the periods before, targets, coverage", value["balance_compared"], value["balance_group_by"], "%.1f ms", "< 100 ms", "the same")
                row("a balance of 1,000,000 against 10,000", value["balance_all"], value["small_balance_all"], "%.1f ms", "<= 1.5", "the same at 10,000")
                row("one more record among 1,000,000", value["balance_one_more"], value["small_balance_one_more"], "%.2f ms", "< 5 ms", "the same at 10,000")
                row("a form of 10,000 questions loaded", form, yaml, "%.1f ms", "< 200 ms", "libyaml alone")
                row("an answer that nothing reads, 10,000", value["answer_read_by_nobody_10000"] / 1e3,
                    value["answer_read_by_nobody_1000"] / 1e3, "%.2f us", "~ 1", "the same at 1,000")
                row("an answer that a sum of all reads, 10,000", value["answer_read_by_total_10000"] / 1e3,
                    value["answer_read_by_total_1000"] / 1e3, "%.2f us", "~ 10", "the same at 1,000")
        }' "$top/figures"
[ ! -s "$top/errors" ] || cat "$top/errors"
printf '\nEverything measured:\n'
sed 's/^/  /' "$top/figures"
echo
sh tests/bench/padron.sh "$build"
exit 0
