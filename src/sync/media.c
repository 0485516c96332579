/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sticks there are, watched (contract in sync/media.h).
 *
 * A number is given when a stick is first seen and is its own until it leaves:
 * who is about to press 1 must not find another stick there.  Whether to scan
 * again is told by a fingerprint of mountinfo, of the names of block devices
 * and of the last change of udev's notes.
 */
#include "sync/media.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/str.h"
#include "media_priv.h"

struct media {
        struct media_roots roots;
        uint64_t fingerprint;
        bool looked;
        struct medium *items;
        int n;
};

struct media *media_new(const struct media_roots *roots)
{
        struct media *media = xcalloc(1, sizeof *media);
        if (roots)
                media->roots = *roots;
        return media;
}

static void release_all(struct medium *items, int n)
{
        for (int i = 0; i < n; i++)
                medium_release(&items[i]);
        free(items);
}

void media_free(struct media *media)
{
        if (!media)
                return;
        release_all(media->items, media->n);
        free(media);
}

char *media_mountinfo(const struct media_roots *roots)
{
        struct str text = STR_INIT;
        char chunk[4096];
        char *path = xasprintf("%s/mountinfo", roots->proc ? roots->proc : "/proc/self");
        FILE *file = fopen(path, "re");
        for (size_t n; file && (n = fread(chunk, 1, sizeof chunk, file)) > 0;)
                str_addn(&text, chunk, n);
        if (file)
                fclose(file);
        free(path);
        return str_detach(&text);
}

/* ---- Changes ---- */

/* FNV-1a: to notice a change, not to resist anybody. */
static uint64_t mix(uint64_t sum, const void *bytes, size_t len)
{
        for (const unsigned char *at = bytes; len > 0; at++, len--)
                sum = (sum ^ *at) * UINT64_C(1099511628211);
        return sum;
}

static uint64_t take_fingerprint(const struct media *media, const char *mountinfo)
{
        struct arena arena = {0};
        struct stat st;
        int n;
        uint64_t sum = mix(UINT64_C(14695981039346656037), mountinfo, strlen(mountinfo));
        const char **names = block_names(&media->roots, &arena, &n);
        for (int i = 0; i < n; i++)
                sum = mix(sum, names[i], strlen(names[i]) + 1);
        if (stat(arena_printf(&arena, "%s/udev/data", media->roots.run ? media->roots.run : "/run"), &st) == 0)
                sum = mix(sum, &st.st_mtim, sizeof st.st_mtim);
        arena_release(&arena);
        return sum;
}

/* ---- Numbers ---- */

static const struct medium *same(const struct media *media, const struct medium *medium)
{
        const struct medium *before = media_of_device(media, medium->device);
        return before && strcmp(before->label, medium->label) == 0 ? before : NULL;
}

static int lowest_free(const struct medium *items, int n)
{
        for (int number = 1;; number++) {
                bool taken = false;
                for (int i = 0; i < n; i++)
                        taken |= items[i].number == number;
                if (!taken)
                        return number;
        }
}

static int by_number(const void *a, const void *b)
{
        return ((const struct medium *)a)->number - ((const struct medium *)b)->number;
}

static void give_numbers(const struct media *before, struct medium *items, int n)
{
        for (int i = 0; i < n; i++) {
                const struct medium *known = same(before, &items[i]);
                items[i].number = known ? known->number : 0;
        }
        for (int i = 0; i < n; i++)
                if (items[i].number == 0)
                        items[i].number = lowest_free(items, n);
        if (n > 0)
                qsort(items, (size_t)n, sizeof *items, by_number);
}

bool media_look(struct media *media)
{
        char *mountinfo = media_mountinfo(&media->roots);
        uint64_t fingerprint = take_fingerprint(media, mountinfo);
        bool changed = !media->looked || fingerprint != media->fingerprint;
        if (changed) {
                int n;
                struct medium *items = media_scan(&media->roots, mountinfo, &n);
                give_numbers(media, items, n);
                release_all(media->items, media->n);
                media->items = items;
                media->n = n;
                media->looked = true;
                media->fingerprint = fingerprint;
        }
        free(mountinfo);
        return changed;
}

/* ---- Asking ---- */

int media_n(const struct media *media)
{
        return media->n;
}

const struct medium *media_at(const struct media *media, int i)
{
        return &media->items[i];
}

const struct medium *media_numbered(const struct media *media, int number)
{
        for (int i = 0; i < media->n; i++)
                if (media->items[i].number == number)
                        return &media->items[i];
        return NULL;
}

const struct medium *media_of_device(const struct media *media, const char *device)
{
        for (int i = 0; i < media->n; i++)
                if (strcmp(media->items[i].device, device) == 0)
                        return &media->items[i];
        return NULL;
}

const struct medium *media_holding(const struct media *media, const char *folder, bool exactly)
{
        char real[PATH_MAX];
        const struct medium *best = NULL;
        if (!realpath(folder, real))
                return NULL;
        for (int i = 0; i < media->n; i++) {
                const struct medium *medium = &media->items[i];
                if (medium->mount && (exactly ? strcmp(real, medium->mount) == 0 : path_is_in(real, medium->mount)) &&
                    (!best || strlen(medium->mount) > strlen(best->mount)))
                        best = medium;
        }
        return best;
}
