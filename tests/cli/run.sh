#!/bin/sh
# run.sh PROGRAM FILE.t...: command line tests; prints one line for each file that passes, and the
# differences of each case that fails.  $SIMAE_RESULTS: see tests/run_all.sh.  $SIMAE_UNDER: a tool to run it under.
#
# A .t file is a conversation.  Its cases run in order, in an empty folder that is also $HOME:
#
#   # words for the reader; empty lines between cases count for nothing
#   $ simae expresion '1 + 1' <<END         a command for sh, with `simae`, $TREE (the source tree) and $PROGRAM (that of simae)
#   > lines that belong to the command      its here-document
#   > END
#   number 2                                standard output, line by line
#   ~ ^paquete [0-9a-f]+$                   … a line that matches an expression (no {n}: mawk has none)
#   ...                                     … any number of lines
#   ! simae: una frase                      standard error, line by line
#   !~ ^simae: .*                           … and by expression
#   ? 1                                     exit status; 0 if it does not say
program=$1; shift
[ $# -gt 0 ] || exit 0
printf '%s\n' "$@" | xargs -P "${JOBS:-$(nproc)}" -n 1 sh "${0%run.sh}one.sh" "$program"
