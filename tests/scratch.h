/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where tests put their folders: in $TMPDIR, which run_one.sh makes for each and removes, or in /tmp. */
#ifndef SIMAE_TESTS_SCRATCH_H
#define SIMAE_TESTS_SCRATCH_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

/* "FOLDER/NAME-XXXXXX", for mkdtemp() and mkstemp(). */
static inline void scratch_name(char *path, size_t size, const char *name)
{
        const char *folder = getenv("TMPDIR");
        if (!folder || !*folder || (size_t)snprintf(path, size, "%s/%s-XXXXXX", folder, name) >= size)
                snprintf(path, size, "/tmp/simae-%s-XXXXXX", name);
}

/* A new folder; false: it cannot be made. */
static inline bool scratch_folder(char *path, size_t size, const char *name)
{
        scratch_name(path, size, name);
        return mkdtemp(path);
}

/* For what is about disks: what the code asks of one, memory does not have. */
static inline void scratch_on_disk(void)
{
        unsetenv("TMPDIR");
}

#endif
