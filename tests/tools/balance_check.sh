#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# balance_check.sh FOLDER: the demo into FOLDER, its Balance computed a second time; then again with more UGEL.
set -e
rm -rf "$1"
"$SIMAE" demo --dir "$1" --preparar
python3 tests/tools/balance_check.py "$1"
python3 tests/tools/balance_more.py "$1"
python3 tests/tools/balance_check.py "$1"
