#!/bin/sh
# run.sh PROGRAM: open the program, or without a terminal say in one sentence how to.
if [ -t 0 ] && [ -t 1 ]; then
        exec "$1"
fi
echo "simae está listo, pero aquí no hay terminal; ábralo en una con «$1», o vea las órdenes con «$1 --help»."
