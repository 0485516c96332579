#!/bin/sh
# size.sh: lengths of functions and files, for review; never fails.  A function is from its name to the
# brace in the first column.  Aims: median 15 lines at most, 95 of 100 under 70, files under 300, none over 1000.
list=$(find src -name '*.c' | LC_ALL=C sort)
awk 'FNR == 1 { start = 0; head = 0 }
     /^[a-z_].*[(]/ && !/;$/ { head = FNR; split($0, part, "("); n = split(part[1], word, /[ *]+/); name = word[n] }
     /^{/ { start = head ? head : FNR }
     /^}/ && start { print FNR - start + 1, FILENAME, name; start = 0; head = 0 }' $list | sort -n |
awk '{ size[NR] = $1; where[NR] = $2 " " $3 "()"; if ($1 > 100) long++ }
     END {
             printf "functions: %d, median %d, 95%% at most %d, longest %d (%s), over 100 lines: %d\n",
                    NR, size[int((NR + 1) / 2)], size[int(NR * 0.95)], size[NR], where[NR], long
     }'
wc -l $list | grep -v ' total$' | sort -n |
awk '{ size[NR] = $1; name[NR] = $2; total += $1; if ($1 > 300) over++ }
     END {
             printf "files:     %d, %d lines, median %d, longest %d (%s), over 300 lines: %d\n",
                    NR, total, size[int((NR + 1) / 2)], size[NR], name[NR], over
     }'
awk '{ code += !/^[ \t]*(\/?\*|\/\/)/ && NF; comment += /^[ \t]*(\/?\*|\/\/)/ }
     END { printf "comments:  %.0f%% of the lines of code\n", 100 * comment / (comment + code) }' $list $(find include -name '*.h')
