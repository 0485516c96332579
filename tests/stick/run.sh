#!/bin/sh
# run.sh BUILD: deliveries and whole exports to real file systems: a tmpfs that fills up or is read-only, and exFAT
# (exfat-fuse on a loop device) that is full, read-only, or pulled out at any moment.  Needs root; says what it skips.
# A stick pulled out is a copy of the image taken while a delivery runs: it has what was flushed, and nothing else.
# The kernel's own vfat and exfat are not tried here.
build=$(cd "$1" && pwd) tree=$PWD
deliver=$build/tests/stick/deliver simae=$build/simae
moment=2026-03-02T08:05:00-05:00
export SIMAE_FORMS="$tree/forms" SIMAE_TEST_NOW=$moment TZ='<-05>5' LC_ALL=C.UTF-8
if [ -z "$SIMAE_STICK_INSIDE" ]; then
        [ "$(id -u)" -eq 0 ] || { echo '  SKIP    stick: solo el administrador puede montar memorias de prueba'; exit 0; }
        # Mounts of our own, which end with us.
        unshare -m --propagation private true 2>/dev/null || { echo '  SKIP    stick: aquí no se puede montar nada'; exit 0; }
        SIMAE_STICK_INSIDE=1 exec unshare -m --propagation private sh "$0" "$@"
fi
passed=0 failed=0 loop= second=
work=$(mktemp -d) || exit 1
clean() {
        cd /
        umount /mnt/stick 2>/dev/null
        umount "$work/yank" 2>/dev/null
        [ -z "$loop" ] || losetup -d "$loop"
        [ -z "$second" ] || losetup -d "$second" 2>/dev/null
        umount /mnt 2>/dev/null
        rm -rf "$work"
}
trap clean EXIT
trap 'exit 1' INT TERM HUP
cd "$work" || exit 1

check() {
        what=$1; shift
        if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "  FAIL    stick: $what"; fi
}
# Refused, with a sentence that holds $1, and no file of ours left.
refuses() {
        "$deliver" spool /mnt/stick/SIMAE/A.simae 2>said && { echo 'it was not refused'; return 1; }
        grep -q "$1" said || { cat said; return 1; }
        [ -z "$(find /mnt/stick -name 'A.simae*')" ]
}
accepts() {
        "$deliver" spool "/mnt/stick/SIMAE/$1" && cmp spool "/mnt/stick/SIMAE/$1" && [ -z "$(find /mnt/stick -name '*.part')" ]
}
finds() {
        "$deliver" | grep -q "$1"
}

# ---- Whole exports: of the invented UGEL, for an office that can open what is found afterwards ----

contents() { # of the data folder $1, but for the number of the next bundle
        sqlite3 "$1/simae.db" .dump | grep -v '^INSERT INTO meta ' | cksum
}
whole() { # every bundle in folder $1 can be opened and read to its end
        for file in "$1"/*.simae "$1"/SIMAE/*.simae; do
                [ ! -e "$file" ] || "$simae" verificar -i office "$file" >/dev/null 2>said || { cat said; return 1; }
        done
}
exports() { # from $1 to $2
        HOME=$work "$simae" --datos "$1" exportar --a "$2" --clave "$key" >said 2>&1
}
# Refused with a sentence that holds $3, nothing of ours left there or in the spool, and the store as it was.
export_refused() {
        before=$(contents "$1")
        exports "$1" "$2" && { echo 'it was not refused'; return 1; }
        [ "$(wc -l <said)" -eq 1 ] && grep -q "^simae: .*$3" said || { cat said; return 1; }
        [ -z "$(find "$2" -name '*.simae*' 2>/dev/null)" ] && [ -z "$(ls -A "$1/spool" 2>/dev/null)" ] || { echo 'something is left'; return 1; }
        [ "$(contents "$1")" = "$before" ] || { echo 'the store changed'; return 1; }
}
export_accepted() {
        exports "$1" "$2" || { cat said; return 1; }
        [ -n "$(find "$2" -name '*.simae')" ] && [ -z "$(find "$2" -name '*.part')" ] && whole "$2"
}
sh "$tree/tests/tools/demo.sh" "$simae" $moment datos && "$simae" claves crear --salida office 2>/dev/null >key || exit 1
key=$("$simae" claves mostrar office)

mount -t tmpfs -o size=64m tmpfs /mnt && mkdir /mnt/stick || { echo '  SKIP    stick: aquí no se puede montar un tmpfs'; exit 0; }
head -c 10000003 /dev/urandom >spool

mount -t tmpfs -o size=16m tmpfs /mnt/stick
check 'tmpfs: delivers' accepts A.simae
check 'tmpfs: a name is never used twice' eval '! "$deliver" spool /mnt/stick/SIMAE/A.simae 2>said && cmp -s spool /mnt/stick/SIMAE/A.simae'
rm /mnt/stick/SIMAE/A.simae
head -c 8000000 /dev/zero >/mnt/stick/other
check 'tmpfs: full' refuses 'no hay espacio'
rm /mnt/stick/other
mount -o remount,ro /mnt/stick
check 'tmpfs: read-only' refuses 'protegido contra escritura'
check 'tmpfs is no stick' eval '! finds /mnt/stick'
umount /mnt/stick
mount -t tmpfs -o size=16m tmpfs /mnt/stick
check 'export to tmpfs' export_accepted datos /mnt/stick
rm -r /mnt/stick/*
head -c 16000000 /dev/zero >/mnt/stick/other
check 'export to tmpfs: full' export_refused datos /mnt/stick 'no hay espacio'
rm /mnt/stick/other
mount -o remount,ro /mnt/stick
check 'export to tmpfs: read-only' export_refused datos /mnt/stick 'protegido contra escritura'
umount /mnt/stick
# The laptop's own disk: less and less room for the spool.
mkdir usb
mount -t tmpfs -o size=48m tmpfs /mnt/stick && cp -a datos /mnt/stick/datos
free=$(stat -f -c '%a' /mnt/stick) page=$(stat -f -c '%S' /mnt/stick)
for room in 0 4 40 $((free > 120 ? 120 : free - 1)); do
        head -c $(((free - room) * page)) /dev/zero >/mnt/stick/other 2>/dev/null
        check "export from a disk with room for $room pages" export_refused /mnt/stick/datos usb 'espacio'
done
rm /mnt/stick/other
check 'export from a disk with room again' export_accepted /mnt/stick/datos usb
umount /mnt/stick

exfat() {
        [ -e /dev/fuse ] && command -v mount.exfat-fuse >/dev/null && command -v mkfs.exfat >/dev/null || return 1
        truncate -s 24M image && loop=$(losetup -f --show image 2>/dev/null) || { loop=; return 1; }
        mkfs.exfat -L 'MI USB' "$loop" >/dev/null 2>&1 && mount.exfat-fuse "$loop" /mnt/stick >/dev/null 2>&1
}
# What was flushed when copy $1 of the image was taken must pass $2.
yanked_with() {
        second=$(losetup -f -r --show "$1") && mount.exfat-fuse -o ro "$second" yank >/dev/null 2>&1 ||
                { echo "$1 cannot be mounted"; losetup -d "$second"; return 1; }
        "$2" yank
        verdict=$?
        umount yank
        losetup -d "$second"
        second=
        return $verdict
}
# A file with its final name is the whole file.
are_the_spool() {
        for file in "$1"/SIMAE/*.simae; do
                [ ! -e "$file" ] || cmp "$file" spool || return 1
        done
}
yanked() {
        yanked_with "$1" are_the_spool
}
yanked_export() {
        yanked_with "$1" whole
}
if exfat; then
        mkdir yank
        check 'exFAT: found in /mnt' finds '^1 ready .* /mnt/stick$'
        check 'exFAT: delivers' accepts A.simae
        check 'exFAT: full' eval 'rm /mnt/stick/SIMAE/A.simae; head -c 15000000 /dev/zero >/mnt/stick/other; refuses "no hay espacio"'
        rm /mnt/stick/other
        # Full although it was not when it was checked: another program fills it meanwhile.
        "$deliver" spool /mnt/stick/SIMAE/B.simae 2>said & running=$!
        head -c 16000000 /dev/zero >/mnt/stick/other 2>/dev/null
        if wait $running; then check 'exFAT: in a race for room, whole' cmp spool /mnt/stick/SIMAE/B.simae
        else check 'exFAT: in a race for room, nothing' eval '[ -s said ] && [ ! -e /mnt/stick/SIMAE/B.simae ]'; fi
        rm -f /mnt/stick/other /mnt/stick/SIMAE/*
        sync
        "$deliver" spool /mnt/stick/SIMAE/C.simae & running=$!
        taken=0
        while kill -0 $running 2>/dev/null && [ $taken -lt 40 ]; do
                cp --sparse=always image "yank-$taken" && taken=$((taken + 1))
        done
        wait $running
        check 'exFAT: delivers while it is copied' cmp spool /mnt/stick/SIMAE/C.simae
        i=0
        while [ $i -lt $taken ]; do
                check "exFAT: pulled out, $i" yanked "yank-$i"
                rm "yank-$i"
                i=$((i + 1))
        done
        rm -f /mnt/stick/SIMAE/*
        sync
        check 'export to exFAT' export_accepted datos /mnt/stick
        rm -rf /mnt/stick/*
        check 'export to exFAT: full' eval 'head -c 23000000 /dev/zero >/mnt/stick/other 2>/dev/null; export_refused datos /mnt/stick "no hay espacio"'
        rm /mnt/stick/other
        sync
        exports datos /mnt/stick & running=$!
        taken=0
        while kill -0 $running 2>/dev/null && [ $taken -lt 40 ]; do
                cp --sparse=always image "yank-$taken" && taken=$((taken + 1))
        done
        wait $running
        check 'export to exFAT while it is copied' whole /mnt/stick
        while [ $taken -gt 0 ]; do
                taken=$((taken - 1))
                check "export to exFAT: pulled out, $taken" yanked_export "yank-$taken"
                rm "yank-$taken"
        done
        umount /mnt/stick
        mount.exfat-fuse -o ro "$loop" /mnt/stick >/dev/null 2>&1
        rm -f said
        check 'exFAT: read-only' refuses 'protegido contra escritura'
        check 'exFAT: read-only in the list' finds '^1 read-only .* /mnt/stick$'
else
        echo '  SKIP    stick: sin /dev/fuse, exfat-fuse o dispositivos loop no se prueba exFAT'
fi

[ -z "$SIMAE_RESULTS" ] || echo "$passed $failed" >>"$SIMAE_RESULTS"
[ $failed -eq 0 ] || { echo "  FAIL    stick: $passed passed, $failed failed"; exit 1; }
echo "  PASS    stick: $passed"
