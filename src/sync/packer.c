/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A ring of segments (contract in packer.h):
 *
 *   oldest ── taken next        begun ── a helper's next        filling
 *     │ done   done   working     │ waiting   waiting              │
 *
 * The three numbers only grow; a segment's place is its number modulo the
 * ring.  `begun` and `done` are under the lock, the others the owner's alone.
 */
#include "packer.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/mem.h"

enum { SLOTS = PACKER_THREADS_MAX + 2 };

struct slot {
        struct str plain;
        struct zst zst;
        size_t sound; /* so much of it is as it must be: all, or it is not compressed */
        bool done;
};

struct packer {
        packer_check *check;
        struct slot slots[SLOTS];
        int slots_n;
        unsigned oldest, filling; /* the owner's */
        unsigned begun, given;    /* under the lock */
        bool ends;
        pthread_mutex_t lock;
        pthread_cond_t work, finished;
        pthread_t threads[PACKER_THREADS_MAX];
        int threads_n;
};

static struct slot *slot_of(struct packer *packer, unsigned number)
{
        return &packer->slots[number % (unsigned)packer->slots_n];
}

static void pack_slot(const struct packer *packer, struct slot *slot)
{
        slot->sound = packer->check(slot->plain.text, slot->plain.len);
        if (slot->sound == slot->plain.len)
                zst_pack(&slot->zst, slot->plain.text, slot->plain.len);
}

static void *help(void *arg)
{
        struct packer *packer = arg;
        pthread_mutex_lock(&packer->lock);
        for (;;) {
                while (packer->begun == packer->given && !packer->ends)
                        pthread_cond_wait(&packer->work, &packer->lock);
                if (packer->ends)
                        break;
                struct slot *slot = slot_of(packer, packer->begun++);
                pthread_mutex_unlock(&packer->lock);
                pack_slot(packer, slot);
                pthread_mutex_lock(&packer->lock);
                slot->done = true;
                pthread_cond_signal(&packer->finished);
        }
        pthread_mutex_unlock(&packer->lock);
        return NULL;
}

struct packer *packer_new(int threads, packer_check *check)
{
        struct packer *packer = xcalloc(1, sizeof *packer);
        packer->check = check;
        pthread_mutex_init(&packer->lock, NULL);
        pthread_cond_init(&packer->work, NULL);
        pthread_cond_init(&packer->finished, NULL);
        for (int i = 0; i < SLOTS; i++) {
                str_init(&packer->slots[i].plain);
                zst_init(&packer->slots[i].zst);
        }
        for (int i = 0; i < threads && i < PACKER_THREADS_MAX; i++)
                if (pthread_create(&packer->threads[packer->threads_n], NULL, help, packer) == 0)
                        packer->threads_n++;
        packer->slots_n = packer->threads_n + 2;
        return packer;
}

void packer_free(struct packer *packer)
{
        if (!packer)
                return;
        pthread_mutex_lock(&packer->lock);
        packer->ends = true;
        pthread_cond_broadcast(&packer->work);
        pthread_mutex_unlock(&packer->lock);
        for (int i = 0; i < packer->threads_n; i++)
                pthread_join(packer->threads[i], NULL);
        for (int i = 0; i < SLOTS; i++) {
                str_release(&packer->slots[i].plain);
                zst_release(&packer->slots[i].zst);
        }
        pthread_cond_destroy(&packer->finished);
        pthread_cond_destroy(&packer->work);
        pthread_mutex_destroy(&packer->lock);
        free(packer);
}

struct str *packer_segment(struct packer *packer)
{
        return &slot_of(packer, packer->filling)->plain;
}

void packer_give(struct packer *packer)
{
        packer->filling++;
        pthread_mutex_lock(&packer->lock);
        packer->given = packer->filling;
        pthread_cond_signal(&packer->work);
        pthread_mutex_unlock(&packer->lock);
}

bool packer_is_full(const struct packer *packer)
{
        return packer->filling - packer->oldest == (unsigned)packer->slots_n;
}

const struct zst *packer_take(struct packer *packer)
{
        struct slot *slot = slot_of(packer, packer->oldest);
        if (packer->oldest == packer->filling)
                return NULL;
        if (packer->threads_n == 0) {
                if (!slot->done)
                        pack_slot(packer, slot);
                slot->done = true;
                return &slot->zst;
        }
        pthread_mutex_lock(&packer->lock);
        while (!slot->done)
                pthread_cond_wait(&packer->finished, &packer->lock);
        pthread_mutex_unlock(&packer->lock);
        return &slot->zst;
}

const char *packer_mistake(const struct packer *packer)
{
        const struct slot *slot = &packer->slots[packer->oldest % (unsigned)packer->slots_n];
        return slot->sound == slot->plain.len ? NULL : slot->plain.text + slot->sound;
}

void packer_drop(struct packer *packer)
{
        struct slot *slot = slot_of(packer, packer->oldest);
        slot->done = false;
        str_clear(&slot->plain);
        packer->oldest++;
}
