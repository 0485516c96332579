/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading ahead (contract in store_priv.h).  SQLite asks for a page at a time;
 * a walk over a large table asks for page after page, and each costs a system
 * call.  So when reads go forward for a while the next ones come from memory,
 * a piece of the file at a time.
 *
 * It is SQLite's own file system but for three methods of the database file,
 * whose state lies behind SQLite's in the same memory.  What is kept is dropped
 * before anything is written; nobody else writes, since the lock is exclusive.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store_priv.h"

enum {
        PIECE = 128 << 10, /* kept */
        NEAR = 64 << 10,   /* pages of other tables between two of one */
        PATIENCE = 16,     /* reads that go forward before it is believed */
        ALIGN = 16,
};

struct ahead {
        const sqlite3_io_methods *real;
        unsigned char *bytes; /* NULL: not needed yet */
        sqlite3_int64 at, next; /* where they begin; where the last read ended */
        int len, run;
};

static sqlite3_vfs ahead_vfs, *real_vfs;
static sqlite3_io_methods methods;

static struct ahead *ahead_of(sqlite3_file *file)
{
        return (struct ahead *)((char *)file + (real_vfs->szOsFile + ALIGN - 1) / ALIGN * ALIGN);
}

static bool goes_on(struct ahead *a, int amount, sqlite3_int64 at)
{
        bool near = at >= a->next && at - a->next <= NEAR;
        a->run = near ? a->run + 1 : 0;
        a->next = at + amount;
        return a->run > PATIENCE;
}

static bool take_piece(sqlite3_file *file, struct ahead *a, sqlite3_int64 at)
{
        if (!a->bytes)
                a->bytes = xmalloc(PIECE);
        a->at = at;
        a->len = a->real->xRead(file, a->bytes, PIECE, at) == SQLITE_OK ? PIECE : 0; /* not where the file ends, or fails */
        return a->len > 0;
}

static int ahead_read(sqlite3_file *file, void *out, int amount, sqlite3_int64 at)
{
        struct ahead *a = ahead_of(file);
        bool forward = goes_on(a, amount, at), here = at >= a->at && at + amount <= a->at + a->len;
        if (!here && !(forward && amount <= PIECE && take_piece(file, a, at)))
                return a->real->xRead(file, out, amount, at);
        memcpy(out, a->bytes + (at - a->at), (size_t)amount);
        return SQLITE_OK;
}

static int ahead_write(sqlite3_file *file, const void *bytes, int amount, sqlite3_int64 at)
{
        ahead_of(file)->len = 0;
        return ahead_of(file)->real->xWrite(file, bytes, amount, at);
}

static int ahead_truncate(sqlite3_file *file, sqlite3_int64 size)
{
        ahead_of(file)->len = 0;
        return ahead_of(file)->real->xTruncate(file, size);
}

static int ahead_close(sqlite3_file *file)
{
        free(ahead_of(file)->bytes);
        return ahead_of(file)->real->xClose(file);
}

static int ahead_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *ret_flags)
{
        (void)vfs;
        int rc = real_vfs->xOpen(real_vfs, name, file, flags, ret_flags);
        if (rc != SQLITE_OK || !(flags & SQLITE_OPEN_MAIN_DB))
                return rc;
        *ahead_of(file) = (struct ahead){.real = file->pMethods};
        methods = *file->pMethods;
        methods.xRead = ahead_read;
        methods.xWrite = ahead_write;
        methods.xTruncate = ahead_truncate;
        methods.xClose = ahead_close;
        file->pMethods = &methods;
        return SQLITE_OK;
}

const char *ahead_register(void)
{
        if (ahead_vfs.zName)
                return ahead_vfs.zName;
        real_vfs = sqlite3_vfs_find(NULL);
        if (!real_vfs)
                return NULL;
        ahead_vfs = *real_vfs;
        ahead_vfs.szOsFile = (real_vfs->szOsFile + ALIGN - 1) / ALIGN * ALIGN + (int)sizeof(struct ahead);
        ahead_vfs.pNext = NULL;
        ahead_vfs.zName = "simae";
        ahead_vfs.xOpen = ahead_open;
        return sqlite3_vfs_register(&ahead_vfs, 0) == SQLITE_OK ? ahead_vfs.zName : NULL;
}
