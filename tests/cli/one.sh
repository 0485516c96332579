#!/bin/sh
# one.sh PROGRAM FILE.t: run one conversation (format in run.sh).
program=$(cd "$(dirname "$1")" && pwd)/${1##*/}
file=$2 tree=$PWD
top=$(mktemp -d) || exit 1
trap 'rm -rf "$top"' EXIT
mkdir "$top/bin" "$top/case" "$top/home"
printf '#!/bin/sh\nexec %s "%s" "$@"\n' "$SIMAE_UNDER" "$program" >"$top/bin/simae"
chmod +x "$top/bin/simae"

# One file for each part of each case: N.cmd, N.out, N.err, N.status, N.line.
awk -v to="$top/case/" '
        function flush_case(    i) {
                if (!n)
                        return
                while (out_n > 0 && out[out_n] == "")
                        out_n--
                for (i = 1; i <= out_n; i++)
                        print out[i] >(to n ".out")
        }
        /^\$ / { flush_case(); n++; out_n = 0; print substr($0, 3) >(to n ".cmd"); print FNR >(to n ".line"); next }
        !n { next }
        /^> / || /^>$/ { print substr($0, 3) >(to n ".cmd"); next }
        /^!/ { print substr($0, 3 - (/^!~/)) >(to n ".err"); next }
        /^\? / { print substr($0, 3) >(to n ".status"); next }
        /^# / || /^#$/ { next }
        { out[++out_n] = $0 }
        END { flush_case() }' "$file" || exit 1

# compare EXPECTED ACTUAL: prints the first difference.
compare() {
        touch "$1"
        LC_ALL=C awk '
                FNR == NR && FILENAME == ARGV[1] { want[++wants] = $0; next }
                { got[++gots] = $0 }
                function same(w, g) {
                        if (substr(want[w], 1, 2) == "~ ")
                                return got[g] ~ substr(want[w], 3)
                        return want[w] == got[g]
                }
                END {
                        w = g = 1
                        while (w <= wants) {
                                if (want[w] == "...") {
                                        star = ++w
                                        mark = g
                                        if (w > wants)
                                                exit 0
                                } else if (g <= gots && same(w, g)) {
                                        w++
                                        g++
                                        if (w > wants && g <= gots && star) {
                                                w = star
                                                g = ++mark
                                        }
                                } else if (star && mark < gots) {
                                        w = star
                                        g = ++mark
                                } else {
                                        print "    expected: " want[w]
                                        print "    found:    " (g <= gots ? got[g] : "(the end)")
                                        exit 1
                                }
                        }
                        if (g <= gots) {
                                print "    expected: (the end)"
                                print "    found:    " got[g]
                                exit 1
                        }
                }' "$1" "$2"
}

passed=0 failed=0 n=1
cd "$top/home" || exit 1
while [ -f "$top/case/$n.cmd" ]; do
        base=$top/case/$n
        want_status=0
        [ -f "$base.status" ] && read -r want_status <"$base.status"
        env -i PATH="$top/bin:$PATH" HOME="$top/home" ${TMPDIR:+TMPDIR="$TMPDIR"} PROGRAM="$program" SIMAE_HOME="$top/home/datos" SIMAE_FORMS="$tree/forms" TREE="$tree" \
            TZ='<-05>5' LC_ALL=C.UTF-8 TERM=dumb SIMAE_TEST_NOW="2026-03-02T08:05:00-05:00" SIMAE_TEST_SEED=cli \
            ASAN_OPTIONS="${ASAN_OPTIONS:-detect_leaks=1}" UBSAN_OPTIONS=print_stacktrace=1 \
            timeout -k 5 60 sh "$base.cmd" >"$base.stdout" 2>"$base.stderr" </dev/null
        status=$?
        if ! { compare "$base.out" "$base.stdout" && compare "$base.err" "$base.stderr" &&
               { [ "$status" -eq "$want_status" ] || { echo "    expected status $want_status, found $status"; false; }; }
             } >"$base.difference"; then
                failed=$((failed + 1))
                printf '%s:%s: %s\n' "$file" "$(cat "$base.line")" "$(head -n 1 "$base.cmd")"
                cat "$base.difference"
                head -n 20 "$base.stdout" | sed 's/^/    | /'
                head -n 20 "$base.stderr" | sed 's/^/    ! /'
        else
                passed=$((passed + 1))
        fi
        n=$((n + 1))
done >"$top/said"
cat "$top/said"
[ -z "$SIMAE_RESULTS" ] || echo "$passed $failed" >>"$SIMAE_RESULTS"
if [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]; then
        printf '  %-7s %s: %d\n' PASS "${file##*/}" "$passed"
        exit 0
fi
printf '  %-7s %s: %d passed, %d failed\n' FAIL "${file##*/}" "$passed" "$failed"
exit 1
