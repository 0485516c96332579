/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The file system of crash_vfs.h: `live` is what programs read, `disk` what a
 * sync has made certain.  Version 1 methods only, so there is no shared memory
 * and WAL works in exclusive locking mode, as the store uses it.
 */
#include "crash_vfs.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { FILES = 24, SECTOR = 512 };

struct bytes {
        unsigned char *at;
        int64_t size, room;
};

struct node {
        char *name; /* NULL: free */
        struct bytes live, disk;
        bool there;   /* a program can find it */
        bool certain; /* the disk has its name */
};

struct handle {
        sqlite3_file base;
        struct node *node;
};

static struct {
        struct node files[FILES], saved[FILES];
        enum crash_fault fault;
        int countdown, operations;
        bool fired, dead;
        uint64_t random;
} world;

int crash_vfs_random(int n)
{
        world.random ^= world.random << 13;
        world.random ^= world.random >> 7;
        world.random ^= world.random << 17;
        return (int)(world.random % (uint64_t)n);
}

/* ---- Bytes that grow ---- */

static void bytes_size(struct bytes *bytes, int64_t size)
{
        if (size > bytes->room) {
                int64_t room = size + size / 2 + SECTOR;
                bytes->at = realloc(bytes->at, (size_t)room);
                if (!bytes->at)
                        abort();
                bytes->room = room;
        }
        if (size > bytes->size)
                memset(bytes->at + bytes->size, 0, (size_t)(size - bytes->size));
        bytes->size = size;
}

static void bytes_copy(struct bytes *to, const struct bytes *from)
{
        bytes_size(to, from->size);
        if (from->size)
                memcpy(to->at, from->at, (size_t)from->size);
}

static void node_clear(struct node *node)
{
        free(node->name);
        free(node->live.at);
        free(node->disk.at);
        *node = (struct node){0};
}

static void nodes_copy(struct node *to, const struct node *from)
{
        for (int i = 0; i < FILES; i++) {
                node_clear(&to[i]);
                if (!from[i].name)
                        continue;
                to[i].name = strdup(from[i].name);
                to[i].there = from[i].there;
                to[i].certain = from[i].certain;
                bytes_copy(&to[i].live, &from[i].live);
                bytes_copy(&to[i].disk, &from[i].disk);
        }
}

/* ---- Faults ---- */

static int refusal(bool write, int failure)
{
        switch (world.fault) {
        case CRASH_CUT: world.dead = true; return failure;
        case CRASH_FULL:
        case CRASH_FULL_ON: return write ? SQLITE_FULL : SQLITE_OK;
        case CRASH_FAIL:
        case CRASH_FAIL_ON: return failure;
        default: return SQLITE_OK;
        }
}

/* Counts one operation; what it must return if it may not happen. */
static int operation(bool write, int failure)
{
        bool lasting = world.fault == CRASH_FULL_ON || world.fault == CRASH_FAIL_ON;
        if (world.dead)
                return failure;
        world.operations++;
        if (world.countdown > 0)
                world.countdown--;
        if (world.fault == CRASH_NONE || world.countdown > 0 || (world.fired && !lasting))
                return SQLITE_OK;
        if (!write && (world.fault == CRASH_FULL || world.fault == CRASH_FULL_ON))
                return SQLITE_OK;
        world.fired = true;
        return refusal(write, failure);
}

/* ---- Files ---- */

static int file_close(sqlite3_file *file)
{
        (void)file;
        return SQLITE_OK;
}

static int file_read(sqlite3_file *file, void *out, int n, sqlite3_int64 at)
{
        const struct bytes *live = &((struct handle *)file)->node->live;
        int64_t have = at < live->size ? live->size - at : 0;
        if (world.dead)
                return SQLITE_IOERR_READ;
        if (have >= n) {
                memcpy(out, live->at + at, (size_t)n);
                return SQLITE_OK;
        }
        memset(out, 0, (size_t)n);
        if (have > 0)
                memcpy(out, live->at + at, (size_t)have);
        return SQLITE_IOERR_SHORT_READ;
}

static int file_write(sqlite3_file *file, const void *bytes, int n, sqlite3_int64 at)
{
        struct bytes *live = &((struct handle *)file)->node->live;
        bool was_dead = world.dead;
        int rc = operation(true, SQLITE_IOERR_WRITE);
        /* the write at which power goes is under way: its sectors are as uncertain as any */
        if (rc != SQLITE_OK && (was_dead || !world.dead))
                return rc;
        if (at + n > live->size)
                bytes_size(live, at + n);
        memcpy(live->at + at, bytes, (size_t)n);
        return rc;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
        struct bytes *live = &((struct handle *)file)->node->live;
        int rc = operation(false, SQLITE_IOERR_TRUNCATE);
        if (rc == SQLITE_OK && size < live->size)
                live->size = size;
        return rc;
}

static int file_sync(sqlite3_file *file, int flags)
{
        struct node *node = ((struct handle *)file)->node;
        int rc = operation(false, SQLITE_IOERR_FSYNC);
        (void)flags;
        if (rc != SQLITE_OK)
                return rc;
        bytes_copy(&node->disk, &node->live);
        node->certain = node->there;
        return SQLITE_OK;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *ret)
{
        *ret = ((struct handle *)file)->node->live.size;
        return world.dead ? SQLITE_IOERR_FSTAT : SQLITE_OK;
}

static int file_lock(sqlite3_file *file, int level)
{
        (void)file;
        (void)level;
        return SQLITE_OK;
}

static int file_reserved(sqlite3_file *file, int *ret)
{
        (void)file;
        *ret = 0;
        return SQLITE_OK;
}

static int file_control(sqlite3_file *file, int op, void *arg)
{
        (void)file;
        (void)op;
        (void)arg;
        return SQLITE_NOTFOUND;
}

static int file_sector(sqlite3_file *file)
{
        (void)file;
        return SECTOR;
}

static int file_device(sqlite3_file *file)
{
        (void)file;
        return 0; /* promises nothing */
}

static const sqlite3_io_methods methods = {
        .iVersion = 1,
        .xClose = file_close,
        .xRead = file_read,
        .xWrite = file_write,
        .xTruncate = file_truncate,
        .xSync = file_sync,
        .xFileSize = file_size,
        .xLock = file_lock,
        .xUnlock = file_lock,
        .xCheckReservedLock = file_reserved,
        .xFileControl = file_control,
        .xSectorSize = file_sector,
        .xDeviceCharacteristics = file_device,
};

/* ---- Names ---- */

static struct node *node_find(const char *name)
{
        for (int i = 0; i < FILES; i++)
                if (world.files[i].name && strcmp(world.files[i].name, name) == 0)
                        return &world.files[i];
        return NULL;
}

static struct node *node_new(const char *name)
{
        for (int i = 0; i < FILES; i++)
                if (!world.files[i].name) {
                        world.files[i].name = strdup(name);
                        return &world.files[i];
                }
        abort();
}

static int vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *ret_flags)
{
        struct handle *handle = (struct handle *)file;
        struct node *node = node_find(name ? name : "temporary");
        (void)vfs;
        handle->base.pMethods = NULL;
        if (operation(false, SQLITE_CANTOPEN) != SQLITE_OK)
                return SQLITE_CANTOPEN;
        if ((!node || !node->there) && !(flags & SQLITE_OPEN_CREATE))
                return SQLITE_CANTOPEN;
        if (!node)
                node = node_new(name ? name : "temporary");
        if (!node->there) { /* another file, though of the same name */
                node->live.size = node->disk.size = 0;
                node->certain = false;
        }
        node->there = true;
        handle->node = node;
        handle->base.pMethods = &methods;
        if (ret_flags)
                *ret_flags = flags;
        return SQLITE_OK;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
        struct node *node = node_find(name);
        int rc = operation(false, SQLITE_IOERR_DELETE);
        (void)vfs;
        if (rc != SQLITE_OK)
                return rc;
        if (!node || !node->there)
                return SQLITE_IOERR_DELETE_NOENT;
        node->there = false;
        if (sync)
                node->certain = false;
        return SQLITE_OK;
}

static int vfs_access(sqlite3_vfs *vfs, const char *name, int flags, int *ret)
{
        const struct node *node = node_find(name);
        (void)vfs;
        /* an empty file counts as none, as SQLite's own file system has it */
        *ret = node && node->there && (flags != SQLITE_ACCESS_EXISTS || node->live.size > 0);
        return world.dead ? SQLITE_IOERR_ACCESS : SQLITE_OK;
}

static int vfs_full_name(sqlite3_vfs *vfs, const char *name, int room, char *out)
{
        (void)vfs;
        sqlite3_snprintf(room, out, "%s", name);
        return SQLITE_OK;
}

void crash_vfs_register(uint64_t seed)
{
        static sqlite3_vfs vfs;
        world.random = seed * 0x9E3779B97F4A7C15u | 1;
        if (vfs.zName)
                return;
        vfs = *sqlite3_vfs_find(NULL); /* time, sleep and randomness are the usual ones */
        vfs.iVersion = 1;
        vfs.szOsFile = sizeof(struct handle);
        vfs.pNext = NULL;
        vfs.zName = CRASH_VFS;
        vfs.xOpen = vfs_open;
        vfs.xDelete = vfs_delete;
        vfs.xAccess = vfs_access;
        vfs.xFullPathname = vfs_full_name;
        sqlite3_vfs_register(&vfs, 0);
}

void crash_vfs_clear(void)
{
        for (int i = 0; i < FILES; i++) {
                node_clear(&world.files[i]);
                node_clear(&world.saved[i]);
        }
        crash_vfs_arm(CRASH_NONE, 0);
}

void crash_vfs_arm(enum crash_fault fault, int n)
{
        world.fault = fault;
        world.countdown = n;
        world.operations = 0;
        world.fired = world.dead = false;
}

bool crash_vfs_fired(void)
{
        return world.fired;
}

int crash_vfs_operations(void)
{
        return world.operations;
}

/* ---- The cut ---- */

/* What one sector holds afterwards: old, new, or the beginning of one and the end of the other. */
static void sector_settle(struct bytes *disk, const struct bytes *live, int64_t at)
{
        unsigned char now[SECTOR] = {0};
        int64_t have = live->size - at < SECTOR ? live->size - at : SECTOR;
        int64_t room = disk->size - at < SECTOR ? disk->size - at : SECTOR;
        int from = 0, to = SECTOR, chance = crash_vfs_random(32);
        if (have <= 0)
                return; /* cut off, or not: that went with the size */
        memcpy(now, live->at + at, (size_t)have);
        if (memcmp(now, disk->at + at, (size_t)room) == 0)
                return;
        if (chance == 0)
                from = crash_vfs_random(SECTOR);
        else if (chance == 1)
                to = crash_vfs_random(SECTOR);
        else if (chance % 2)
                return;
        if (to > room)
                to = (int)room;
        if (from < to)
                memcpy(disk->at + at + from, now + from, (size_t)(to - from));
}

static void node_settle(struct node *node)
{
        bool kept_name = node->there == node->certain ? node->there : crash_vfs_random(2);
        if (node->live.size != node->disk.size && crash_vfs_random(2))
                bytes_size(&node->disk, node->live.size);
        for (int64_t at = 0; at < node->disk.size; at += SECTOR)
                sector_settle(&node->disk, &node->live, at);
        bytes_copy(&node->live, &node->disk);
        node->there = node->certain = kept_name;
        if (!kept_name)
                node_clear(node);
}

void crash_vfs_power(void)
{
        for (int i = 0; i < FILES; i++)
                if (world.files[i].name)
                        node_settle(&world.files[i]);
        crash_vfs_arm(CRASH_NONE, 0);
}

void crash_vfs_save(void)
{
        nodes_copy(world.saved, world.files);
}

void crash_vfs_restore(void)
{
        nodes_copy(world.files, world.saved);
        crash_vfs_arm(CRASH_NONE, 0);
}
