/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The clock and randomness, the only two things that differ between two runs.
 *
 * Both can be fixed for tests: $SIMAE_TEST_NOW (an ISO datetime, at which the
 * clock then stands still) and $SIMAE_TEST_SEED (any text).
 * They are read once, at the first use.
 */
#ifndef SIMAE_BASE_CLOCK_H
#define SIMAE_BASE_CLOCK_H

#include <stddef.h>
#include <stdint.h>

#include "base/date.h"

/* Now, with the offset that this computer shows its user. */
struct datetime clock_now(void);
/* Milliseconds of a clock that only goes forward; for durations. Real even in tests. */
int64_t clock_monotonic_ms(void);
/* Tests and the demo: fix the clock here (NULL lets it run again, or stand where $SIMAE_TEST_NOW says). */
void clock_test_set(const struct datetime *now);

/* Bytes nobody can guess (getrandom), or the seeded sequence in tests. */
void random_bytes(void *out, size_t len);
/* A number from 0 to 1, 1 excluded. */
double random_unit(void);
/* Tests and the demo: restart the seeded sequence; NULL goes back to what the environment says. */
void random_seed(const char *seed);

#endif
