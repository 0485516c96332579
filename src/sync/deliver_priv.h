/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A delivery between its files: deliver.c (the steps, what is left behind),
 * deliver_write.c (the .part and its final name), deliver_verify.c (reading back).
 */
#ifndef SIMAE_SRC_SYNC_DELIVER_PRIV_H
#define SIMAE_SRC_SYNC_DELIVER_PRIV_H

#include "sync/deliver.h"

enum {
        BLOCK = 1 << 20, /* copied at a time */
        ALIGN = 4096,    /* what O_DIRECT asks of addresses and places */
};

struct delivery {
        char *spool, *path, *folder;
        const char *name;              /* the end of `path` */
        char *part;                    /* the name of the .part, or NULL */
        enum delivery_stage stage;
        bool make_folder, made_folder;
        int from, dir, out, copy;      /* the spool, the folder, the file being written, the one read back */
        uint64_t size, written, verified;
        int direct;                    /* O_DIRECT while reading back past the cache, or 0 */
        unsigned char *memory, *block; /* `block` is `memory`, aligned */
        unsigned char *spooled;        /* what it is compared with */
        bool part_stands, published;
};

/* ---- deliver_write.c: each a step ---- */

enum err_code delivery_write(struct delivery *d, struct err *err);
enum err_code delivery_publish(struct delivery *d, struct err *err);

/* ---- deliver_verify.c ---- */

enum err_code delivery_verify(struct delivery *d, struct err *err);

void delivery_close(int *fd);

#endif
