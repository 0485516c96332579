/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Memory: allocation that does not return NULL, and arenas.
 *
 * Running out of memory ends the program (after `mem_on_failure` has had its
 * chance to put the terminal back): every answer is already on disk.  Sizes
 * that come from files are checked against limits before they reach here.
 */
#ifndef SIMAE_BASE_MEM_H
#define SIMAE_BASE_MEM_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *old, size_t size);
char *xstrdup(const char *text);
char *xstrndup(const char *text, size_t len);
char *xasprintf(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* `hook` runs once before the program ends for lack of memory. */
void mem_on_failure(void (*hook)(void));

/*
 * An arena: many small allocations, freed together.  Everything got from it
 * lives until arena_release() or arena_clear().  A zeroed struct is an empty
 * arena, ready for use.
 */
struct arena {
        struct arena_block *block; /* newest first */
        size_t total;              /* bytes handed out since the last clear */
};

void arena_release(struct arena *arena);
/* Forget everything but keep the newest block for reuse: no malloc in a steady state. */
void arena_clear(struct arena *arena);
/* Aligned for any type; contents are zero. `size` 0 gives a valid pointer. */
void *arena_alloc(struct arena *arena, size_t size);
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t len);
char *arena_printf(struct arena *arena, const char *format, ...)
        __attribute__((format(printf, 2, 3)));

/* «1 registro», «12 registros». */
char *arena_count(struct arena *arena, int64_t n, const char *one, const char *many);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, n) ((type *)arena_alloc((arena), (size_t)(n) * sizeof(type)))
#define ARRAY_LEN(array) (sizeof(array) / sizeof((array)[0]))

#endif
