#!/bin/sh
# valgrind.sh BUILD: chosen (quick) tests under valgrind.  ASan runs all of them; this looks for what it does not
# see, uninitialised memory, where most of the parsing is.  Only memory that nobody points to any more
# counts as lost: curses keeps its own until the end.
build=$1
SIMAE_UNDER="valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite --child-silent-after-fork=yes"
export SIMAE_UNDER
chosen=
for name in base base_utf8 base_id expr_api form_vectors session session_log store_draft export ui_editor ui_canvas; do
        [ -x "$build/tests/unit/test_$name" ] && chosen="$chosen $build/tests/unit/test_$name"
done
sh tests/run_all.sh "$build" $chosen
status=$?
sh tests/cli/run.sh "$build/simae" tests/cli/expresion.t tests/cli/tabla.t || status=1
exit $status
