/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Clock and randomness with test overrides (contract in base/clock.h).  The
 * seeded sequence is ChaCha20 under a key hashed from the seed, 32 bytes a
 * step, so the same seed gives the same demo on every machine.
 */
#include "base/clock.h"

#include <sodium.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct {
        bool read;              /* the environment has been looked at */
        bool fixed;
        struct datetime now;
} test_clock;

static struct {
        bool read, seeded;
        unsigned char key[randombytes_SEEDBYTES];
} test_random;

static void read_clock_override(void)
{
        const char *text = getenv("SIMAE_TEST_NOW");
        test_clock.read = true;
        test_clock.fixed = text && datetime_parse(text, -300, &test_clock.now);
}

struct datetime clock_now(void)
{
        if (!test_clock.read)
                read_clock_override();
        if (test_clock.fixed)
                return test_clock.now;
        struct timespec ts;
        struct tm local;
        clock_gettime(CLOCK_REALTIME, &ts);
        localtime_r(&ts.tv_sec, &local);
        return datetime_from_utc_ms((int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000,
                                    (int16_t)(local.tm_gmtoff / 60));
}

int64_t clock_monotonic_ms(void)
{
        struct timespec ts;
        clock_gettime(CLOCK_MONOTONIC, &ts);
        return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

void clock_test_set(const struct datetime *now)
{
        if (!now) {
                read_clock_override();
                return;
        }
        test_clock.read = test_clock.fixed = true;
        test_clock.now = *now;
}

void random_seed(const char *seed)
{
        test_random.seeded = test_random.read = seed != NULL;
        if (!seed)
                return;
        crypto_generichash(test_random.key, sizeof test_random.key,
                           (const unsigned char *)seed, strlen(seed), NULL, 0);
}

void random_bytes(void *out, size_t len)
{
        if (!test_random.read) {
                const char *seed = getenv("SIMAE_TEST_SEED");
                test_random.read = true;
                if (seed)
                        random_seed(seed);
        }
        if (!test_random.seeded) {
                randombytes_buf(out, len);
                return;
        }
        randombytes_buf_deterministic(out, len, test_random.key);
        crypto_generichash(test_random.key, sizeof test_random.key, test_random.key,
                           sizeof test_random.key, NULL, 0);
}

double random_unit(void)
{
        uint64_t bits;
        random_bytes(&bits, sizeof bits);
        return (double)(bits >> 11) / 9007199254740992.0; /* 2^53 */
}
