/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sticks in invented trees of /proc, /sys and /run: which of what is mounted
 * and plugged in is a stick, what it is called, its number while others come
 * and go; and udisksctl played by a script.
 */
#include "test_bundle.h"

#include "sync/media.h"

static struct media_roots roots;
static struct media *media;
static char proc[128], sys[128], runs[128];

static int make_trees(void **state)
{
        scratch_on_disk();
        if (make_scratch(state))
                return -1;
        snprintf(proc, sizeof proc, "%s/proc", scratch);
        snprintf(sys, sizeof sys, "%s/sys", scratch);
        snprintf(runs, sizeof runs, "%s/run", scratch);
        roots = (struct media_roots){.proc = proc, .sys = sys, .run = runs};
        media = media_new(&roots);
        return run("mkdir -p proc sys/dev/block sys/class/block run/udev/data bin && : > proc/mountinfo");
}

static int remove_trees(void **state)
{
        media_free(media);
        return remove_scratch(state);
}

/* ---- Making trees ---- */

/* A disk: its folder below sys/devices, its number, whether "removable", its sectors. */
static void disk(const char *where, const char *name, const char *dev, int removable, int sectors)
{
        assert_int_equal(run("d=sys/devices/%s/block/%s && mkdir -p $d/holders && echo %s > $d/dev && echo %d > $d/removable && "
                             "echo %d > $d/size && ln -sr $d sys/dev/block/%s && ln -sr $d sys/class/block/%s",
                             where, name, dev, removable, sectors, dev, name), 0);
}

static void partition(const char *where, const char *of, const char *name, const char *dev)
{
        assert_int_equal(run("d=sys/devices/%s/block/%s/%s && mkdir -p $d/holders && echo %s > $d/dev && echo 1 > $d/partition && "
                             "echo 1000 > $d/size && ln -sr $d sys/dev/block/%s && ln -sr $d sys/class/block/%s",
                             where, of, name, dev, dev, name), 0);
}

/* A mapped volume over the partition or disk `below` of sys/class/block. */
static void mapped(const char *name, const char *title, const char *dev, const char *below)
{
        disk("virtual", name, dev, 0, 900);
        assert_int_equal(run("d=sys/devices/virtual/block/%s && mkdir -p $d/slaves $d/dm && echo %s > $d/dm/name && "
                             "b=$(readlink -f sys/class/block/%s) && ln -s $b $d/slaves/%s && ln -sr $d $b/holders/%s",
                             name, title, below, below, name), 0);
}

static void udev(const char *dev, const char *properties)
{
        assert_int_equal(run("printf 'I:1\\n%s' > run/udev/data/b%s.new && mv run/udev/data/b%s.new run/udev/data/b%s",
                             properties, dev, dev, dev), 0);
}

/* One more line of mountinfo, whose parent is the first unless said. */
static void mounted_on(int id, int parent, const char *dev, const char *root, const char *point, const char *options,
                       const char *kind_and_source)
{
        char *path = xasprintf("%s/mountinfo", proc);
        FILE *file = fopen(path, "a");
        assert_non_null(file);
        fprintf(file, "%d %d %s %s %s %s shared:%d - %s rw\n", id, parent, dev, root, point, options, id, kind_and_source);
        fclose(file);
        free(path);
}

static void mounted(int id, const char *dev, const char *point, const char *kind_and_source)
{
        mounted_on(id, 1, dev, "/", point, "rw,nosuid", kind_and_source);
}

#define STICK "pci0000:00/0000:00:14.0/usb1/1-2/1-2:1.0/host6/target6:0:0/6:0:0:0"
#define SATA "pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0"

static void laptop(void)
{
        disk(SATA, "sda", "8:0", 0, 1000000);
        partition(SATA, "sda", "sda1", "8:1");
        partition(SATA, "sda", "sda2", "8:2");
        udev("8:2", "E:ID_FS_USAGE=filesystem\\nE:ID_FS_TYPE=ntfs\\n");
        mounted_on(1, 0, "8:1", "/", "/", "rw", "ext4 /dev/sda1");
        mounted(2, "0:5", "/dev", "devtmpfs udev");
        mounted(3, "0:30", "/run", "tmpfs tmpfs");
}

static void stick(const char *options)
{
        disk(STICK, "sdb", "8:16", 1, 60000000);
        partition(STICK, "sdb", "sdb1", "8:17");
        udev("8:17", "E:ID_FS_USAGE=filesystem\\nE:ID_FS_TYPE=vfat\\nE:ID_FS_LABEL=MI_USB\\nE:ID_FS_LABEL_ENC=MI\\\\x20USB\\n");
        mounted_on(40, 1, "8:17", "/", "/media/rosa/MI\\040USB", options, "vfat /dev/sdb1");
}

static const struct medium *only(void)
{
        media_look(media);
        assert_int_equal(media_n(media), 1);
        return media_at(media, 0);
}

static void assert_none(void)
{
        media_look(media);
        assert_int_equal(media_n(media), 0);
}

/* ---- What is a stick ---- */

static void finds_a_stick(void **state)
{
        (void)state;
        laptop();
        assert_none();
        stick("rw,nosuid,nodev");
        const struct medium *medium = only();
        assert_int_equal(medium->state, MEDIUM_READY);
        assert_int_equal(medium->kind, MEDIUM_USB);
        assert_string_equal(medium->device, "/dev/sdb1");
        assert_string_equal(medium->disk, "sdb");
        assert_string_equal(medium->label, "MI USB");
        assert_string_equal(medium->mount, "/media/rosa/MI USB");
        assert_string_equal(medium->fs, "vfat");
        assert_int_equal(medium->size, 512000); /* the folder does not exist here: what the kernel says of the volume */
        assert_int_equal(medium->free, -1);
}

static void measures_the_room(void **state)
{
        char point[128];
        (void)state;
        laptop();
        disk(STICK, "sdb", "8:16", 0, 60000000); /* a USB hard disk: not "removable", and without partitions */
        assert_int_equal(run("mkdir 'con espacio'"), 0);
        snprintf(point, sizeof point, "%s/con\\040espacio", scratch);
        mounted(40, "8:16", point, "exfat /dev/sdb");
        const struct medium *medium = only();
        assert_true(medium->free > 0 && medium->size >= medium->free);
        assert_string_equal(medium->device, "/dev/sdb");
        assert_string_equal(medium->label, "sdb"); /* nobody knows more */
        assert_ptr_equal(media_holding(media, medium->mount, true), medium);
        assert_int_equal(run("mkdir -p 'con espacio/SIMAE' 'con espacio2'"), 0);
        assert_ptr_equal(media_holding(media, in_scratch("con espacio/SIMAE"), false), medium);
        assert_null(media_holding(media, in_scratch("con espacio/SIMAE"), true));
        assert_null(media_holding(media, in_scratch("con espacio2"), false));
        assert_null(media_holding(media, in_scratch("no hay"), false));
}

static void read_only_by_mount_or_by_volume(void **state)
{
        (void)state;
        laptop();
        stick("ro,nosuid,errors=remount-rw");
        assert_int_equal(only()->state, MEDIUM_READ_ONLY);
        assert_int_equal(run("sed -i 's/ ro,/ rw,/; s,/dev/sdb1 rw,/dev/sdb1 ro,' proc/mountinfo"), 0);
        assert_int_equal(only()->state, MEDIUM_READ_ONLY);
        assert_int_equal(run("sed -i 's,/dev/sdb1 ro,/dev/sdb1 rw\\,errors=ro2,' proc/mountinfo"), 0);
        assert_int_equal(only()->state, MEDIUM_READY);
}

static void several_partitions_and_a_hidden_one(void **state)
{
        (void)state;
        laptop();
        stick("rw");
        partition(STICK, "sdb", "sdb2", "8:18");
        partition(STICK, "sdb", "sdb3", "8:19");
        partition(STICK, "sdb", "sdb4", "8:20");
        partition(STICK, "sdb", "sdb10", "8:26");
        udev("8:18", "E:ID_FS_USAGE=filesystem\\nE:ID_FS_TYPE=vfat\\nE:ID_PART_ENTRY_TYPE=c12a7328-f81f-11d2-ba4b-00a0c93ec93b\\n");
        udev("8:19", "E:ID_FS_USAGE=other\\nE:ID_FS_TYPE=swap\\n");
        udev("8:20", "E:ID_FS_USAGE=filesystem\\nE:ID_FS_TYPE=ntfs\\nE:ID_FS_LABEL_ENC=Fotos\\n");
        udev("8:26", "E:ID_PART_ENTRY_NUMBER=10\\n"); /* not formatted */
        media_look(media);
        assert_int_equal(media_n(media), 2);
        assert_string_equal(media_at(media, 0)->label, "MI USB");
        assert_string_equal(media_at(media, 1)->label, "Fotos");
        assert_int_equal(media_at(media, 1)->state, MEDIUM_CLOSED);
        assert_null(media_at(media, 1)->mount);
}

static void second_mounts_of_the_same_volume(void **state)
{
        (void)state;
        laptop();
        mounted_on(39, 1, "8:17", "/fotos", "/srv/f", "rw", "vfat /dev/sdb1"); /* a bind mount of a part */
        stick("rw");
        mounted(41, "8:17", "/srv/largo/camino/de/otra/vez", "vfat /dev/sdb1");
        assert_string_equal(only()->mount, "/media/rosa/MI USB");
}

static void what_another_mount_covers_is_not_there(void **state)
{
        (void)state;
        laptop();
        stick("rw");
        mounted(50, "0:60", "/media/rosa", "tmpfs tmpfs"); /* over the folder above it */
        assert_none();
        mounted_on(51, 50, "8:17", "/", "/media/rosa/otra", "rw", "vfat /dev/sdb1");
        assert_string_equal(only()->mount, "/media/rosa/otra");
        mounted_on(52, 51, "0:61", "/", "/media/rosa/otra", "rw", "overlay overlay"); /* right on it */
        assert_none();
}

static void what_is_no_stick(void **state)
{
        (void)state;
        laptop();
        disk("pci0000:00/0000:00:17.0/ata2/host1/target1:0:0/1:0:0:0", "sr0", "11:0", 1, 900);
        mounted(60, "11:0", "/media/rosa/CD", "iso9660 /dev/sr0");
        disk("virtual", "loop0", "7:0", 0, 900);
        mounted(61, "7:0", "/snap/core/1", "squashfs /dev/loop0");
        disk("virtual", "loop1", "7:1", 0, 900);
        mounted(62, "7:1", "/var/lib/thing", "ext4 /dev/loop1");
        mounted(63, "0:70", "/media/rosa/servidor", "cifs //servidor/datos");
        mounted(64, "0:71", "/mnt/nfs", "nfs4 servidor:/datos");
        mounted(65, "0:72", "/mnt/gvfs", "fuse.gvfsd-fuse gvfsd-fuse");
        mounted(66, "0:73", "/media/rosa/capas", "overlay overlay");
        mounted(67, "8:2", "/media/rosa/windows", "ntfs3 /dev/sda2"); /* of the disk of the system */
        disk("pci0000:00/0000:00:1a.0/mmc_host/mmc0/mmc0:0001", "mmcblk0", "179:0", 0, 900);
        assert_int_equal(run("echo MMC > sys/devices/pci0000:00/0000:00:1a.0/mmc_host/mmc0/mmc0:0001/type && "
                             "ln -s ../../ sys/devices/pci0000:00/0000:00:1a.0/mmc_host/mmc0/mmc0:0001/block/mmcblk0/device"), 0);
        mounted(68, "179:0", "/media/rosa/soldada", "ext4 /dev/mmcblk0");
        disk(STICK, "sdc", "8:32", 1, 0); /* a reader without a card */
        assert_none();
        assert_int_equal(run("echo SD > sys/devices/pci0000:00/0000:00:1a.0/mmc_host/mmc0/mmc0:0001/type && echo >> proc/mountinfo"),
                         0);
        assert_int_equal(only()->kind, MEDIUM_CARD);
}

static void an_image_opened_by_a_person(void **state)
{
        (void)state;
        laptop();
        disk("virtual", "loop2", "7:2", 0, 900);
        mounted(61, "7:2", "/mnt/prueba", "exfat /dev/loop2");
        assert_int_equal(only()->kind, MEDIUM_IMAGE);
        assert_string_equal(only()->label, "prueba");
}

static void the_stick_the_system_runs_from(void **state)
{
        (void)state;
        disk(STICK, "sdb", "8:16", 1, 60000000);
        partition(STICK, "sdb", "sdb1", "8:17");
        partition(STICK, "sdb", "sdb2", "8:18");
        mounted_on(1, 0, "0:40", "/", "/", "rw", "overlay overlay");
        mounted(2, "8:17", "/run/live/medium", "vfat /dev/sdb1");
        mounted(3, "8:18", "/media/rosa/datos", "ext4 /dev/sdb2");
        assert_none();
}

static void locked_and_unlocked_volumes(void **state)
{
        (void)state;
        laptop();
        disk(STICK, "sdb", "8:16", 1, 60000000);
        partition(STICK, "sdb", "sdb1", "8:17");
        udev("8:17", "E:ID_FS_USAGE=crypto\\nE:ID_FS_TYPE=crypto_LUKS\\n");
        assert_int_equal(run("mkdir sys/devices/" STICK "/block/sdb/device && cd sys/devices/" STICK "/block/sdb/device && "
                             "echo 'Kingston ' > vendor && printf 'DT\\033[1m 101\\n' > model"), 0);
        const struct medium *medium = only();
        assert_int_equal(medium->state, MEDIUM_ENCRYPTED);
        assert_string_equal(medium->label, "Kingston  DT [1m 101");
        mapped("dm-0", "luks-1234", "254:0", "sdb1");
        mounted(40, "254:0", "/media/rosa/Secreta", "ext4 /dev/mapper/luks-1234");
        medium = only();
        assert_int_equal(medium->state, MEDIUM_READY);
        assert_string_equal(medium->device, "/dev/mapper/luks-1234");
        assert_string_equal(medium->disk, "sdb");
        assert_int_equal(medium->kind, MEDIUM_USB);
        /* The disk of the laptop may be mapped too. */
        mapped("dm-1", "raiz", "254:1", "sda2");
        mounted(41, "254:1", "/media/rosa/interna", "ext4 /dev/mapper/raiz");
        only();
}

static void device_numbers_of_their_own(void **state)
{
        (void)state;
        laptop();
        disk(STICK, "sdb", "8:16", 1, 60000000);
        mounted(40, "0:44", "/media/rosa/fuse", "fuseblk /dev/sdb");
        assert_string_equal(only()->device, "/dev/sdb");
        disk(STICK, "sdc", "8:32", 1, 60000000);
        mapped("dm-0", "luks-9", "254:0", "sdc");
        mounted(41, "0:45", "/media/rosa/btrfs", "btrfs /dev/mapper/luks-9");
        media_look(media);
        assert_int_equal(media_n(media), 2);
        assert_string_equal(media_at(media, 1)->disk, "sdc");
}

static void nonsense_is_left_out(void **state)
{
        (void)state;
        spill(in_scratch("proc/mountinfo"), "\n\n1\n1 2 x / /\n- - - -\n9 8 8:17 / /a rw -\n\\0 \\1 \\2 \\ \\9 \\777 - a b c\n", 62);
        assert_none();
        assert_int_equal(run("rm -r proc run && mv sys away"), 0);
        assert_none();
        media_free(media);
        media = media_new(NULL); /* this computer, whatever it has */
        assert_true(media_look(media));
        assert_false(media_look(media));
}

/* ---- Watching ---- */

static void numbers_stay_while_others_come_and_go(void **state)
{
        (void)state;
        laptop();
        disk(STICK, "sdb", "8:16", 1, 60000000);
        disk(STICK "x", "sdc", "8:32", 1, 60000000);
        assert_true(media_look(media));
        assert_false(media_look(media));
        assert_string_equal(media_numbered(media, 1)->device, "/dev/sdb");
        assert_string_equal(media_numbered(media, 2)->device, "/dev/sdc");
        assert_int_equal(run("rm sys/class/block/sdb"), 0); /* the first is pulled out */
        assert_true(media_look(media));
        assert_null(media_numbered(media, 1));
        assert_string_equal(media_numbered(media, 2)->device, "/dev/sdc");
        mounted(40, "8:32", "/media/rosa/C", "vfat /dev/sdc"); /* the second is opened: its name is known now, so it is another */
        disk(STICK "y", "sdd", "8:48", 1, 60000000);
        udev("8:48", "E:ID_FS_USAGE=filesystem\\nE:ID_FS_LABEL_ENC=D\\n");
        assert_true(media_look(media));
        assert_int_equal(media_n(media), 2);
        int number = media_of_device(media, "/dev/sdd")->number;
        mounted(41, "8:48", "/media/rosa/D", "vfat /dev/sdd");
        assert_true(media_look(media));
        assert_int_equal(media_of_device(media, "/dev/sdd")->number, number);
        assert_int_equal(media_of_device(media, "/dev/sdd")->state, MEDIUM_READY);
}

/* ---- udisksctl ---- */

static char *path_before;

/* What the script does with `$1` (the verb) and `$4` (the device). */
static void udisksctl(const char *body)
{
        struct str script = STR_INIT;
        str_addf(&script, "#!/bin/sh\ncd '%s'\necho \"$*\" >> said\n%s\n", scratch, body);
        spill(in_scratch("bin/udisksctl"), script.text, script.len);
        assert_int_equal(run("chmod +x bin/udisksctl"), 0);
        str_release(&script);
        char *path = xasprintf("%s:%s", in_scratch("bin"), path_before);
        setenv("PATH", path, 1);
        free(path);
}

static enum media_outcome finish(struct media_task *task)
{
        enum media_outcome outcome;
        while ((outcome = media_task_step(task, 1000)) == MEDIA_BUSY)
                ;
        assert_int_equal(media_task_step(task, 0), outcome);
        media_task_free(task);
        return outcome;
}

#define UNMOUNTS "[ $1 != unmount ] || sed -i \"\\\\,$4 ,d\" proc/mountinfo\n"

static void ejects(void **state)
{
        (void)state;
        laptop();
        stick("rw");
        partition(STICK, "sdb", "sdb2", "8:18");
        mounted(41, "8:18", "/media/rosa/Dos", "ext4 /dev/sdb2");
        media_look(media);
        udisksctl(UNMOUNTS);
        assert_int_equal(finish(media_eject_new(&roots, media_at(media, 0))), MEDIA_REMOVABLE);
        assert_int_equal(run("printf '%%s\\n' 'unmount --no-user-interaction -b /dev/sdb1' 'unmount --no-user-interaction -b /dev/sdb2' "
                             "'power-off --no-user-interaction -b /dev/sdb' | cmp - said"), 0);
}

static void ejects_what_was_unlocked(void **state)
{
        (void)state;
        laptop();
        disk(STICK, "sdb", "8:16", 1, 60000000);
        mapped("dm-0", "luks-9", "254:0", "sdb");
        mounted(41, "254:0", "/media/rosa/S", "ext4 /dev/mapper/luks-9");
        udisksctl(UNMOUNTS);
        assert_int_equal(finish(media_eject_new(&roots, only())), MEDIA_REMOVABLE);
        assert_int_equal(run("sed 's/ .* / /' said | tr '\\n' ' ' | grep -q '^unmount /dev/mapper/luks-9 lock /dev/sdb power-off /dev/sdb $'"), 0);
}

static void is_told_what_could_not_be_done(void **state)
{
        (void)state;
        laptop();
        stick("rw");
        media_look(media);
        const struct medium *medium = media_at(media, 0);
        udisksctl("exit 1"); /* may not */
        assert_int_equal(finish(media_eject_new(&roots, medium)), MEDIA_FAILED);
        assert_int_equal(finish(media_open_new(medium)), MEDIA_FAILED);
        udisksctl(""); /* says that it did, and did not */
        assert_int_equal(finish(media_eject_new(&roots, medium)), MEDIA_FAILED);
        assert_int_equal(finish(media_open_new(medium)), MEDIA_OPENED);
        udisksctl(UNMOUNTS "[ $1 = unmount ]"); /* cannot turn it off */
        assert_int_equal(finish(media_eject_new(&roots, medium)), MEDIA_UNMOUNTED);
        setenv("PATH", "/no/hay", 1); /* is not there */
        assert_int_equal(finish(media_open_new(medium)), MEDIA_FAILED);
        setenv("PATH", path_before, 1);
        assert_int_equal(run("mkfifo never"), 0); /* not by the script: its children outlive it */
        udisksctl("exec cat never"); /* given up while it runs */
        struct media_task *task = media_open_new(medium);
        assert_int_equal(media_task_step(task, 0), MEDIA_BUSY);
        assert_int_equal(media_task_step(task, 0), MEDIA_BUSY);
        media_task_free(task);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, make_trees, remove_trees)
        const struct CMUnitTest tests[] = {
                CASE(finds_a_stick),
                CASE(measures_the_room),
                CASE(read_only_by_mount_or_by_volume),
                CASE(several_partitions_and_a_hidden_one),
                CASE(second_mounts_of_the_same_volume),
                CASE(what_another_mount_covers_is_not_there),
                CASE(what_is_no_stick),
                CASE(an_image_opened_by_a_person),
                CASE(the_stick_the_system_runs_from),
                CASE(locked_and_unlocked_volumes),
                CASE(device_numbers_of_their_own),
                CASE(nonsense_is_left_out),
                CASE(numbers_stay_while_others_come_and_go),
                CASE(ejects),
                CASE(ejects_what_was_unlocked),
                CASE(is_told_what_could_not_be_done),
        };
        path_before = xstrdup(getenv("PATH"));
        int failed = cmocka_run_group_tests(tests, NULL, NULL);
        setenv("PATH", path_before, 1);
        free(path_before);
        return failed;
}
