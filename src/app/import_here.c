/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which revisions of a bundle were here before it: asked one by one, or of all ids at once. */
#include "import_priv.h"

#include <stdlib.h>
#include <string.h>

#include "store/outgoing.h"

static enum err_code add_id(void *ctx, const struct hash *id, int64_t arrival, struct err *err)
{
        struct here *here = ctx;
        (void)err;
        if (here->n == here->room || arrival > here->mark)
                return ERR_OK;
        memcpy(here->ids[here->n].bytes, id->bytes, ID_BYTES);
        here->arrivals[here->n++] = (uint32_t)arrival;
        return ERR_OK;
}

enum err_code here_begin(struct here *here, struct app *app, int64_t mark, int64_t revisions, struct err *err)
{
        enum { SHARE = 50, MOST = 4000000 }; /* a look into the index costs as much as reading so many ids from it */
        *here = (struct here){.app = app, .mark = mark};
        if (mark == 0 || mark > MOST || revisions * SHARE < mark)
                return ERR_OK;
        here->room = mark;
        here->ids = xmalloc((size_t)mark * sizeof *here->ids);
        here->arrivals = xmalloc((size_t)mark * sizeof *here->arrivals);
        here->came = xcalloc((size_t)mark / 8 + 1, 1);
        return store_revision_ids(app->store, add_id, here, err);
}

static int64_t find(const struct here *here, const struct hash *id)
{
        int64_t low = 0, high = here->n;
        while (low < high) {
                int64_t middle = low + (high - low) / 2;
                int order = memcmp(here->ids[middle].bytes, id->bytes, ID_BYTES);
                if (order == 0)
                        return middle;
                if (order < 0)
                        low = middle + 1;
                else
                        high = middle;
        }
        return -1;
}

static enum err_code ask(struct here *here, const struct hash *id, bool *ret, struct err *err)
{
        struct id record;
        int64_t arrival = 0;
        enum err_code rc = store_revision_record(here->app->store, id, &record, &arrival, err);
        *ret = arrival > 0;
        if (rc == ERR_OK && arrival > 0 && arrival <= here->mark)
                id_set_add(&here->records, &record);
        return rc;
}

enum err_code here_look(struct here *here, const struct hash *id, bool *ret, struct err *err)
{
        if (here->n == 0 && here->mark > 0)
                return ask(here, id, ret, err);
        int64_t at = find(here, id);
        *ret = at >= 0;
        if (at >= 0)
                here->came[here->arrivals[at] / 8] |= (unsigned char)(1u << here->arrivals[at] % 8);
        return ERR_OK;
}

void here_release(struct here *here)
{
        id_set_release(&here->records);
        free(here->ids);
        free(here->arrivals);
        free(here->came);
        *here = (struct here){0};
}
