/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of system calls whose failures a test chooses (src/sync/io.h). */
#ifndef SIMAE_TESTS_FAULTS_H
#define SIMAE_TESTS_FAULTS_H

#include <stdbool.h>
#include <stdint.h>

/* Put the table in place, with nothing failing and the count at 0; faults_remove() puts the true one back. */
void faults_install(void);
void faults_remove(void);

/* The n-th call from now (from 1) fails once with this errno. */
void faults_fail_at(int n, int errnum);
/* The n-th, and every later one: a disk that is gone. */
void faults_fail_from(int n, int errnum);
/* Every call of this name fails. Two names can be set; NULL forgets both. */
void faults_fail_always(const char *name, int errnum);
/* fstatvfs() says that this many bytes are free. */
void faults_pretend_room(uint64_t bytes);
/* fstatfs() says that it is FAT. */
void faults_pretend_fat(void);
/* Nothing can be opened with O_DIRECT. */
void faults_refuse_direct(void);
/* write() takes at most this many bytes at a time, after an EINTR each. */
void faults_short_writes(unsigned max);
/* From the first syncfs() on, pread() of the copy gives back a flipped bit. */
void faults_spoil_medium(void);

/* Calls made since faults_install(), and the name of the one that faults_fail_at() hit, or "". */
int faults_calls(void);
const char *faults_hit(void);

#endif
