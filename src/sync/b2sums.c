/* SPDX-License-Identifier: GPL-3.0-or-later */
/* BLAKE2b-512 sums in the form of coreutils (contract in b2sums.h). */
#include "b2sums.h"

struct b2 b2_of(const void *bytes, size_t len)
{
        struct b2 sum;
        crypto_generichash_blake2b(sum.bytes, B2_BYTES, bytes, len, NULL, 0);
        return sum;
}

void b2_begin(struct b2_state *state)
{
        crypto_generichash_blake2b_init(&state->inner, NULL, 0, B2_BYTES);
}

void b2_add(struct b2_state *state, const void *bytes, size_t len)
{
        crypto_generichash_blake2b_update(&state->inner, bytes, len);
}

struct b2 b2_end(struct b2_state *state)
{
        struct b2 sum;
        crypto_generichash_blake2b_final(&state->inner, sum.bytes, B2_BYTES);
        return sum;
}

void b2sums_line(struct str *out, const struct b2 *sum, const char *name)
{
        char hex[2 * B2_BYTES + 1];
        str_add(out, sodium_bin2hex(hex, sizeof hex, sum->bytes, B2_BYTES));
        str_add(out, "  ");
        str_add(out, name);
        str_addc(out, '\n');
}

void b2sums_init(struct b2sums *sums)
{
        b2_begin(&sums->state);
        sums->len = 0;
}

void b2sums_add(struct b2sums *sums, const struct b2 *sum, const char *name)
{
        struct str line = STR_INIT;
        b2sums_line(&line, sum, name);
        b2_add(&sums->state, line.text, line.len);
        sums->len += line.len;
        str_release(&line);
}
