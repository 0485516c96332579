/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where one bundle ends and the next begins (contract in contents.h).  Bodies
 * are weighed at half of their length: they compress to a third.  Should some
 * not, writing ends in ERR_LIMIT, and what has not gone yet is cut again by
 * their whole length, which is never less than what is written.  A revision
 * heavier than a part may be goes alone.
 */
#include "contents.h"

#include <stdlib.h>
#include <string.h>

#include "app_priv.h"

/* Beside the bytes themselves, at most: the id of a line; what the tar and B2SUMS take for an entry; an id told. */
enum { LINE_MORE = 80, ENTRY_MORE = 2048, TOLD_BYTES = 40 };

static struct export_part *last_part(struct contents *contents)
{
        return &contents->parts[contents->parts_n - 1];
}

const struct export_part *contents_part(const struct contents *contents)
{
        return &contents->parts[contents->at];
}

int64_t contents_first(const struct contents *contents)
{
        return contents->at ? contents->parts[contents->at - 1].last + 1 : 1;
}

int64_t contents_have(const struct contents *contents)
{
        return contents->told + contents->revisions - contents_part(contents)->revisions;
}

/* Every part tells of all that it does not bring. */
static void new_part(struct contents *contents)
{
        contents->parts = xrealloc(contents->parts, (size_t)(contents->parts_n + 1) * sizeof *contents->parts);
        contents->parts[contents->parts_n++] = (struct export_part){.weight = TOLD_BYTES * contents->last_arrival};
        id_set_release(&contents->files_in);
}

enum err_code parts_begin(struct contents *contents, struct err *err)
{
        int64_t waiting = 0;
        enum err_code rc = store_waiting_count(contents->app->store, &waiting, err);
        new_part(contents);
        contents->parts[0].weight += TOLD_BYTES * waiting;
        return rc;
}

/* ---- Weighing ---- */

bool part_has_form(const struct export_part *part, const struct hash *hash)
{
        for (int i = part->forms_n - 1; i >= 0; i--)
                if (hash_equal(&part->forms[i], hash))
                        return true;
        return false;
}

static enum err_code weigh_form(struct contents *contents, const struct hash *hash, int64_t *weight, struct err *err)
{
        struct arena arena = {0};
        const char *yaml = "";
        if (part_has_form(last_part(contents), hash))
                return ERR_OK;
        enum err_code rc = store_form_text(contents->app->store, hash, &arena, &yaml, err);
        *weight += (int64_t)strlen(yaml) + ENTRY_MORE;
        arena_release(&arena);
        return rc;
}

/* So near to a part's limit that each has to be weighed: else they are taken for as long as some of them are. */
bool parts_need_weights(const struct contents *contents, int64_t bytes)
{
        int64_t all = contents->last_arrival * (bytes / 2 + LINE_MORE + TOLD_BYTES);
        return contents->tight || contents->ends_n > 0 || all > contents->part_max / 100 * 85;
}

/* What the last part would weigh more with it. */
static enum err_code weigh(struct contents *contents, const struct store_sketch *sketch, int64_t *ret, struct err *err)
{
        *ret = (contents->tight ? sketch->bytes : sketch->bytes / 2) + LINE_MORE;
        enum err_code rc = weigh_form(contents, &sketch->form_hash, ret, err);
        if (rc == ERR_OK)
                rc = contents_find_files(contents, sketch, err);
        for (size_t i = 0; i < contents->files_n; i++)
                *ret += contents->files[i].bytes + ENTRY_MORE;
        return rc;
}

/* ---- Adding ---- */

static void add_form(struct export_part *part, const struct hash *hash)
{
        if (part_has_form(part, hash))
                return;
        part->forms = xrealloc(part->forms, (size_t)(part->forms_n + 1) * sizeof *part->forms);
        part->forms[part->forms_n++] = *hash;
}

static void add_files(struct contents *contents, struct export_part *part)
{
        for (size_t i = 0; i < contents->files_n; i++) {
                if (part->files_n == part->files_room) {
                        part->files_room = part->files_room ? 2 * part->files_room : 64;
                        part->files = xrealloc(part->files, part->files_room * sizeof *part->files);
                }
                memcpy(part->files[part->files_n++], contents->files[i].name, ATTACHED_FILE);
                id_set_add(&contents->files_in, &contents->files[i].content);
        }
}

static bool begins_part(const struct contents *contents, const struct store_sketch *sketch, int64_t weight)
{
        int at = contents->parts_n - 1;
        const struct export_part *part = &contents->parts[at];
        if (at < contents->ends_n)
                return sketch->arrival > contents->ends[at];
        return part->revisions > 0 && part->weight + weight > contents->part_max;
}

enum err_code parts_add(struct contents *contents, const struct store_sketch *sketch, struct err *err)
{
        int64_t weight;
        enum err_code rc = weigh(contents, sketch, &weight, err);
        struct export_part *part = last_part(contents);
        if (rc == ERR_OK && begins_part(contents, sketch, weight)) {
                part->last = sketch->arrival - 1;
                new_part(contents);
                part = last_part(contents);
                rc = weigh(contents, sketch, &weight, err); /* it must bring its form and its files again */
        }
        if (rc != ERR_OK)
                return rc;
        part->weight += weight;
        part->revisions++;
        add_form(part, &sketch->form_hash);
        add_files(contents, part);
        return ERR_OK;
}

static int by_name(const void *a, const void *b)
{
        return strcmp(a, b);
}

void parts_end(struct contents *contents)
{
        last_part(contents)->last = contents->last_arrival;
        for (int i = 0; i < contents->parts_n; i++)
                if (contents->parts[i].files_n > 0)
                        qsort(contents->parts[i].files, contents->parts[i].files_n, sizeof *contents->parts[i].files, by_name);
}

/* ---- Records ---- */

struct counting { struct contents *contents; struct id last; struct seen seen; };

static struct export_part *part_of(struct contents *contents, int64_t arrival)
{
        int from = 0, to = contents->parts_n - 1;
        while (from < to) {
                int middle = from + (to - from) / 2;
                if (arrival <= contents->parts[middle].last)
                        to = middle;
                else
                        from = middle + 1;
        }
        return &contents->parts[from];
}

/* A record with revisions in two parts counts in each of them, and once in all. */
static enum err_code count_record(void *ctx, const struct id *record, int64_t arrival, struct err *err)
{
        struct counting *counting = ctx;
        struct contents *contents = counting->contents;
        if (!seen_once(&counting->seen, arrival))
                return store_damaged(contents->app->store, err);
        if (!contents_goes(contents, arrival))
                return ERR_OK;
        struct export_part *part = part_of(contents, arrival);
        part->records += !id_equal(record, &part->counted);
        contents->records += !id_equal(record, &counting->last);
        part->counted = counting->last = *record;
        return ERR_OK;
}

enum err_code parts_count_records(struct contents *contents, struct err *err)
{
        struct counting counting = {.contents = contents};
        seen_begin(&counting.seen, contents->last_arrival);
        enum err_code rc = store_revision_records(contents->app->store, count_record, &counting, err);
        return seen_end(&counting.seen, contents->app->store, rc, err);
}
