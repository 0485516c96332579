/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading back beside the writing (contract in readback.h).
 *
 *   file ──pread──▶ blocks[given % BLOCKS] … blocks[taken % BLOCKS] ──▶ age ─ tar ─ sums
 *          the caller                                                  the helper
 *
 * Only the caller makes system calls, so that their failures come in one order.
 * `given`, `taken`, `ended` and `done` are under the lock; a block belongs to
 * the caller until it is given and to the helper until it is taken.
 */
#include "readback.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "io.h"
#include "stream.h"

enum { BLOCKS = 4, BLOCK = 512 << 10 };

struct block {
        size_t len;
        unsigned char bytes[BLOCK];
};

struct readback {
        struct byte_source base; /* the helper's side */
        const char *path;
        const struct age_writer *writer;
        struct file_source file; /* the caller's */
        struct block *blocks;
        unsigned given, taken;   /* blocks, under the lock */
        size_t at;               /* of the block being taken: the helper's */
        bool ended, done;        /* no more will be given; no more will be taken */
        bool helped;
        pthread_t thread;
        pthread_mutex_t lock;
        pthread_cond_t come, gone;
        struct bundle_info info; /* what the helper found */
        enum err_code rc;
        struct err err;
};

/* ---- The helper ---- */

/* The block to take from, or NULL at the end. */
static const struct block *wait_block(struct readback *back)
{
        pthread_mutex_lock(&back->lock);
        while (back->taken == back->given && !back->ended)
                pthread_cond_wait(&back->come, &back->lock);
        const struct block *block = back->taken == back->given ? NULL : &back->blocks[back->taken % BLOCKS];
        pthread_mutex_unlock(&back->lock);
        return block;
}

static void drop_block(struct readback *back)
{
        back->at = 0;
        pthread_mutex_lock(&back->lock);
        back->taken++;
        pthread_cond_signal(&back->gone);
        pthread_mutex_unlock(&back->lock);
}

static enum err_code take_bytes(struct byte_source *base, void *buf, size_t len, size_t *ret_got, struct err *err)
{
        struct readback *back = (struct readback *)base;
        const struct block *block;
        size_t got = 0;
        (void)err;
        while (got < len && (block = wait_block(back))) {
                size_t n = block->len - back->at < len - got ? block->len - back->at : len - got;
                memcpy((unsigned char *)buf + got, block->bytes + back->at, n);
                got += n;
                back->at += n;
                if (back->at == block->len)
                        drop_block(back);
        }
        *ret_got = got;
        return ERR_OK;
}

static void *help(void *arg)
{
        struct readback *back = arg;
        back->rc = bundle_read_own(&back->base, back->path, back->writer, &back->info, &back->err);
        pthread_mutex_lock(&back->lock);
        back->done = true;
        pthread_cond_signal(&back->gone);
        pthread_mutex_unlock(&back->lock);
        return NULL;
}

/* ---- The caller ---- */

enum err_code readback_new(const char *path, const struct age_writer *writer, bool helper, struct readback **ret, struct err *err)
{
        struct readback *back = xcalloc(1, sizeof *back);
        *back = (struct readback){.base = {.read = take_bytes /* without a way back */}, .path = path, .writer = writer};
        enum err_code rc = file_source_init(&back->file, path, err);
        if (rc != ERR_OK) {
                free(back);
                return rc;
        }
        pthread_mutex_init(&back->lock, NULL);
        pthread_cond_init(&back->come, NULL);
        pthread_cond_init(&back->gone, NULL);
        if (helper) {
                back->blocks = xmalloc(BLOCKS * sizeof *back->blocks);
                back->helped = pthread_create(&back->thread, NULL, help, back) == 0;
        }
        *ret = back;
        return ERR_OK;
}

/* Is there room for a block? `wait`: until there is, or none is wanted any more. */
static bool has_room(struct readback *back, bool wait)
{
        pthread_mutex_lock(&back->lock);
        while (wait && !back->done && back->given - back->taken == BLOCKS)
                pthread_cond_wait(&back->gone, &back->lock);
        bool room = !back->done && back->given - back->taken < BLOCKS;
        pthread_mutex_unlock(&back->lock);
        return room;
}

/* *ret_more: there was something to give. */
static enum err_code give_block(struct readback *back, bool *ret_more, struct err *err)
{
        struct block *block = &back->blocks[back->given % BLOCKS];
        enum err_code rc = back->file.base.read(&back->file.base, block->bytes, BLOCK, &block->len, err);
        *ret_more = rc == ERR_OK && block->len > 0;
        if (!*ret_more)
                return rc;
        pthread_mutex_lock(&back->lock);
        back->given++;
        pthread_cond_signal(&back->come);
        pthread_mutex_unlock(&back->lock);
        return ERR_OK;
}

enum err_code readback_feed(struct readback *back, uint64_t written, struct err *err)
{
        enum err_code rc = ERR_OK;
        bool more = true;
        while (rc == ERR_OK && more && back->helped && written - back->file.at >= BLOCK && has_room(back, false))
                rc = give_block(back, &more, err);
        return rc;
}

static void end_helper(struct readback *back)
{
        if (!back->helped)
                return;
        pthread_mutex_lock(&back->lock);
        back->ended = true;
        pthread_cond_signal(&back->come);
        pthread_mutex_unlock(&back->lock);
        pthread_join(back->thread, NULL);
        back->helped = false;
}

enum err_code readback_end(struct readback *back, struct bundle_info *ret, struct err *err)
{
        enum err_code rc = ERR_OK;
        bool more = true;
        if (!back->helped)
                return bundle_read_own(&back->file.base, back->path, back->writer, ret, err);
        while (rc == ERR_OK && more && has_room(back, true))
                rc = give_block(back, &more, err);
        end_helper(back);
        if (rc == ERR_OK && back->rc != ERR_OK) {
                *err = back->err;
                rc = back->rc;
        }
        if (rc == ERR_OK)
                *ret = back->info;
        return rc;
}

void readback_free(struct readback *back)
{
        if (!back)
                return;
        end_helper(back);
        file_source_release(&back->file);
        pthread_cond_destroy(&back->come);
        pthread_cond_destroy(&back->gone);
        pthread_mutex_destroy(&back->lock);
        free(back->blocks);
        free(back);
}
