#!/bin/sh
# scratch.sh: prints the folder where tests put theirs.  In memory, where there is room: a thousand data folders
# are made and thrown away, and none of these tests is about what the disk keeps (those have a disk of their own,
# tests/unit/crash_vfs.c and tests/stick).
folder=${TMPDIR:-/tmp}
memory=/dev/shm
if [ -z "$TMPDIR" ] && [ -w $memory ] && [ "$(stat -f -c %T $memory 2>/dev/null)" = tmpfs ]; then
        room=$(df -k --output=avail $memory 2>/dev/null | tail -n 1)
        free=$(sed -n 's/^MemAvailable: *\([0-9]*\) kB$/\1/p' /proc/meminfo)
        [ "${room:-0}" -lt 1000000 ] || [ "${free:-0}" -lt 2000000 ] || folder=$memory
fi
echo "$folder"
