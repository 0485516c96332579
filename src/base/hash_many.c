/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * BLAKE2b-256 of four texts at once (contract in base/hash_many.h; RFC 7693).
 * Each of the sixteen words of the working state is a vector with a lane for
 * each text.  Texts end at different blocks: a lane that has ended goes on
 * computing, and what it computes is thrown away.
 */
#include "base/hash_many.h"

#include <stdint.h>
#include <string.h>

enum { LANES = HASH_LANES, BLOCK = 128, WORDS = 16, STATE = 8, ROUNDS = 12 };

#if defined(__x86_64__) && defined(__GNUC__)

typedef uint64_t lanes __attribute__((vector_size(LANES * sizeof(uint64_t))));
typedef unsigned char bytes __attribute__((vector_size(sizeof(lanes))));

static const uint64_t iv[STATE] = {
        0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
        0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
};

static const unsigned char sigma[10][WORDS] = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
        {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4}, {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
        {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13}, {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
        {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11}, {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
        {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5}, {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0},
};

/* The block of a lane: where it lies, or, of the last one, a copy filled up with zeros. */
struct lane {
        const unsigned char *at;
        size_t left, done;
        bool ended; /* its hash was taken */
        unsigned char last[BLOCK];
};

#define FAST __attribute__((target("avx2"))) static inline __attribute__((always_inline))

/* To the right, by whole bytes: one instruction each, which shifts are not. */
FAST lanes turn_32(lanes x)
{
        bytes b = (bytes)x;
        return (lanes)__builtin_shufflevector(b, b, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11, 20, 21, 22, 23, 16, 17, 18,
                                              19, 28, 29, 30, 31, 24, 25, 26, 27);
}

FAST lanes turn_24(lanes x)
{
        bytes b = (bytes)x;
        return (lanes)__builtin_shufflevector(b, b, 3, 4, 5, 6, 7, 0, 1, 2, 11, 12, 13, 14, 15, 8, 9, 10, 19, 20, 21, 22, 23, 16, 17,
                                              18, 27, 28, 29, 30, 31, 24, 25, 26);
}

FAST lanes turn_16(lanes x)
{
        bytes b = (bytes)x;
        return (lanes)__builtin_shufflevector(b, b, 2, 3, 4, 5, 6, 7, 0, 1, 10, 11, 12, 13, 14, 15, 8, 9, 18, 19, 20, 21, 22, 23, 16,
                                              17, 26, 27, 28, 29, 30, 31, 24, 25);
}

FAST void mix(lanes v[WORDS], int a, int b, int c, int d, const lanes *x, const lanes *y)
{
        v[a] += v[b] + *x;
        v[d] ^= v[a];
        v[d] = turn_32(v[d]);
        v[c] += v[d];
        v[b] ^= v[c];
        v[b] = turn_24(v[b]);
        v[a] += v[b] + *y;
        v[d] ^= v[a];
        v[d] = turn_16(v[d]);
        v[c] += v[d];
        v[b] ^= v[c];
        v[b] = v[b] >> 63 | v[b] << 1;
}

FAST void mix_all(lanes v[WORDS], const lanes m[WORDS], const unsigned char *s)
{
        mix(v, 0, 4, 8, 12, &m[s[0]], &m[s[1]]);
        mix(v, 1, 5, 9, 13, &m[s[2]], &m[s[3]]);
        mix(v, 2, 6, 10, 14, &m[s[4]], &m[s[5]]);
        mix(v, 3, 7, 11, 15, &m[s[6]], &m[s[7]]);
        mix(v, 0, 5, 10, 15, &m[s[8]], &m[s[9]]);
        mix(v, 1, 6, 11, 12, &m[s[10]], &m[s[11]]);
        mix(v, 2, 7, 8, 13, &m[s[12]], &m[s[13]]);
        mix(v, 3, 4, 9, 14, &m[s[14]], &m[s[15]]);
}

/* Words `i` to `i + 3` of each lane's block, to a vector for each word. */
FAST void load(lanes m[LANES], const unsigned char *const blocks[LANES], int i)
{
        lanes a, b, c, d;
        memcpy(&a, blocks[0] + 8 * i, sizeof a);
        memcpy(&b, blocks[1] + 8 * i, sizeof b);
        memcpy(&c, blocks[2] + 8 * i, sizeof c);
        memcpy(&d, blocks[3] + 8 * i, sizeof d);
        lanes ab_even = __builtin_shufflevector(a, b, 0, 4, 2, 6), ab_odd = __builtin_shufflevector(a, b, 1, 5, 3, 7);
        lanes cd_even = __builtin_shufflevector(c, d, 0, 4, 2, 6), cd_odd = __builtin_shufflevector(c, d, 1, 5, 3, 7);
        m[0] = __builtin_shufflevector(ab_even, cd_even, 0, 1, 4, 5);
        m[1] = __builtin_shufflevector(ab_odd, cd_odd, 0, 1, 4, 5);
        m[2] = __builtin_shufflevector(ab_even, cd_even, 2, 3, 6, 7);
        m[3] = __builtin_shufflevector(ab_odd, cd_odd, 2, 3, 6, 7);
}

__attribute__((target("avx2"))) static void compress(lanes h[STATE], const unsigned char *const blocks[LANES],
                                                     const lanes *count, const lanes *final)
{
        lanes v[WORDS], m[WORDS];
        for (int i = 0; i < WORDS; i += LANES)
                load(&m[i], blocks, i);
        for (int i = 0; i < STATE; i++) {
                v[i] = h[i];
                v[STATE + i] = (lanes){0} + iv[i];
        }
        v[12] ^= *count;
        v[14] ^= *final;
        for (int i = 0; i < ROUNDS; i++)
                mix_all(v, m, sigma[i % 10]);
        for (int i = 0; i < STATE; i++)
                h[i] ^= v[i] ^ v[STATE + i];
}

/* The lane's next block; *ret_final if it is its last, which an empty text has as well. */
static const unsigned char *next_block(struct lane *lane, bool *ret_final)
{
        size_t n = lane->left < BLOCK ? lane->left : BLOCK;
        const unsigned char *at = lane->at;
        *ret_final = lane->left <= BLOCK;
        if (*ret_final) {
                memset(lane->last, 0, BLOCK);
                memcpy(lane->last, at, n);
                at = lane->last;
        }
        lane->at += n;
        lane->left -= n;
        lane->done += n;
        return at;
}

static void take_hash(const lanes h[STATE], int k, struct hash *ret)
{
        for (int i = 0; i < HASH_BYTES / 8; i++) {
                uint64_t word = h[i][k];
                memcpy(ret->bytes + 8 * i, &word, sizeof word);
        }
}

static void hash_lanes(struct lane lane[LANES], struct hash *ret)
{
        lanes h[STATE];
        int open = LANES;
        for (int i = 0; i < STATE; i++)
                h[i] = (lanes){0} + iv[i];
        h[0] ^= 0x01010000 ^ HASH_BYTES;
        while (open > 0) {
                const unsigned char *blocks[LANES];
                lanes count, final;
                bool is_final[LANES];
                for (int k = 0; k < LANES; k++) {
                        blocks[k] = next_block(&lane[k], &is_final[k]);
                        count[k] = lane[k].done;
                        final[k] = is_final[k] ? UINT64_MAX : 0;
                }
                compress(h, blocks, &count, &final);
                for (int k = 0; k < LANES; k++) {
                        if (!is_final[k] || lane[k].ended)
                                continue;
                        take_hash(h, k, &ret[k]);
                        lane[k].ended = true;
                        open--;
                }
        }
}

bool hash_many(const void *const texts[HASH_LANES], const size_t lens[HASH_LANES], struct hash ret[HASH_LANES])
{
        struct lane lane[LANES];
        if (!__builtin_cpu_supports("avx2"))
                return false;
        for (int k = 0; k < LANES; k++)
                lane[k] = (struct lane){.at = texts[k], .left = lens[k]};
        hash_lanes(lane, ret);
        return true;
}

#else

bool hash_many(const void *const texts[HASH_LANES], const size_t lens[HASH_LANES], struct hash ret[HASH_LANES])
{
        (void)texts, (void)lens, (void)ret;
        return false;
}

#endif
