/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Regular expressions over PCRE2, in arenas.
 *
 * Compiled code and match data are allocated through PCRE2's own hook in the
 * arena of the form or of the evaluation, so nothing is ever freed one by one.
 * Limits make a catastrophic pattern simply not match after some milliseconds.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <string.h>

#include "base/utf8.h"
#include "expr_priv.h"

enum { MATCH_LIMIT = 1000000, DEPTH_LIMIT = 50000, HEAP_LIMIT_KIB = 16384 };

struct regex {
        pcre2_code *code;
        pcre2_match_context *limits;
};

static void *allocate(size_t size, void *arena)
{
        return arena_alloc(arena, size);
}

/* Arena memory goes when the arena goes. */
static void release(void *memory, void *arena)
{
        (void)memory;
        (void)arena;
}

static pcre2_match_context *new_limits(pcre2_general_context *general)
{
        pcre2_match_context *limits = pcre2_match_context_create(general);
        pcre2_set_match_limit(limits, MATCH_LIMIT);
        pcre2_set_depth_limit(limits, DEPTH_LIMIT);
        pcre2_set_heap_limit(limits, HEAP_LIMIT_KIB);
        return limits;
}

const struct regex *regex_compile(const char *pattern, struct arena *arena, int *ret_at)
{
        int error;
        PCRE2_SIZE at;
        uint32_t options = PCRE2_UTF | PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_NEVER_BACKSLASH_C;
        pcre2_general_context *general = pcre2_general_context_create(allocate, release, arena);
        pcre2_compile_context *compile = pcre2_compile_context_create(general);
        pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, options, &error, &at,
                                         compile);
        if (!code) {
                *ret_at = (int)utf8_length(arena_strndup(arena, pattern, at)) + 1;
                return NULL;
        }
        struct regex *regex = ARENA_NEW(arena, struct regex);
        *regex = (struct regex){.code = code, .limits = new_limits(general)};
        return regex;
}

bool regex_matches(const struct regex *regex, const char *text, struct arena *arena)
{
        pcre2_general_context *general = pcre2_general_context_create(allocate, release, arena);
        pcre2_match_data *data = pcre2_match_data_create(1, general);
        return pcre2_match(regex->code, (PCRE2_SPTR)text, strlen(text), 0, 0, data, regex->limits) >= 0;
}
