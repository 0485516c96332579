/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Allocation that ends the program instead of returning NULL, and arenas.
 *
 * An arena is a list of blocks, newest first; each allocation is cut from the
 * newest, and a request that does not fit opens a block at least as large.
 * Blocks double up to 1 MiB, so a form of 10,000 questions takes about ten.
 */
#include "base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

static void (*failure_hook)(void);

void mem_on_failure(void (*hook)(void))
{
        failure_hook = hook;
}

static _Noreturn void out_of_memory(void)
{
        if (failure_hook)
                failure_hook();
        fputs(_("simae: no queda memoria. Lo que ya respondió está guardado; cierre otros programas y vuelva a abrir.\n"),
              stderr);
        abort();
}

void *xmalloc(size_t size)
{
        void *p = malloc(size ? size : 1);
        if (!p)
                out_of_memory();
        return p;
}

void *xcalloc(size_t count, size_t size)
{
        void *p = calloc(count ? count : 1, size ? size : 1);
        if (!p)
                out_of_memory();
        return p;
}

void *xrealloc(void *old, size_t size)
{
        void *p = realloc(old, size ? size : 1);
        if (!p)
                out_of_memory();
        return p;
}

char *xstrndup(const char *text, size_t len)
{
        char *copy = xmalloc(len + 1);
        memcpy(copy, text, len);
        copy[len] = '\0';
        return copy;
}

char *xstrdup(const char *text)
{
        return xstrndup(text, strlen(text));
}

char *xasprintf(const char *format, ...)
{
        va_list args, again;
        va_start(args, format);
        va_copy(again, args);
        int len = vsnprintf(NULL, 0, format, args);
        va_end(args);
        if (len < 0)
                abort();
        char *text = xmalloc((size_t)len + 1);
        vsnprintf(text, (size_t)len + 1, format, again);
        va_end(again);
        return text;
}

struct arena_block {
        struct arena_block *older;
        size_t size, used; /* of `bytes` */
        _Alignas(max_align_t) unsigned char bytes[];
};

enum { BLOCK_FIRST = 4096, BLOCK_MAX = 1 << 20 };

static struct arena_block *block_add(struct arena *arena, size_t need)
{
        size_t size = arena->block ? 2 * arena->block->size : BLOCK_FIRST;
        if (size > BLOCK_MAX)
                size = BLOCK_MAX;
        if (size < need)
                size = need;
        struct arena_block *block = xmalloc(sizeof *block + size);
        *block = (struct arena_block){.older = arena->block, .size = size};
        arena->block = block;
        return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
        size_t align = _Alignof(max_align_t);
        size_t rounded = (size + align - 1) / align * align;
        struct arena_block *block = arena->block;
        if (rounded < size || rounded > SIZE_MAX / 2)
                out_of_memory();
        if (!block || block->size - block->used < rounded)
                block = block_add(arena, rounded);
        void *p = block->bytes + block->used;
        block->used += rounded;
        arena->total += rounded;
        return memset(p, 0, size);
}

static void free_blocks(struct arena_block *block)
{
        while (block) {
                struct arena_block *older = block->older;
                free(block);
                block = older;
        }
}

void arena_release(struct arena *arena)
{
        free_blocks(arena->block);
        *arena = (struct arena){0};
}

void arena_clear(struct arena *arena)
{
        arena->total = 0;
        if (!arena->block)
                return;
        free_blocks(arena->block->older);
        arena->block->older = NULL;
        arena->block->used = 0;
}

char *arena_strndup(struct arena *arena, const char *text, size_t len)
{
        char *copy = arena_alloc(arena, len + 1);
        memcpy(copy, text, len);
        return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
        return arena_strndup(arena, text, strlen(text));
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
        va_list args, again;
        va_start(args, format);
        va_copy(again, args);
        int len = vsnprintf(NULL, 0, format, args);
        va_end(args);
        if (len < 0)
                abort();
        char *text = arena_alloc(arena, (size_t)len + 1);
        vsnprintf(text, (size_t)len + 1, format, again);
        va_end(again);
        return text;
}

char *arena_count(struct arena *arena, int64_t n, const char *one, const char *many)
{
        return arena_printf(arena, "%lld %s", (long long)n, n == 1 ? one : many);
}
