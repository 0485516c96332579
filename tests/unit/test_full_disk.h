/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A world of test_app.h whose database is on a disk that can fill up or fail (crash_vfs.h). */
#ifndef SIMAE_TEST_FULL_DISK_H
#define SIMAE_TEST_FULL_DISK_H

#include "test_app.h"

#include "crash_vfs.h"
#include "store/store_test.h"

HELPER int full_world(void **state)
{
        crash_vfs_register(11);
        crash_vfs_clear();
        store_test_vfs(CRASH_VFS);
        return world_filled(state);
}

HELPER int full_free(void **state)
{
        crash_vfs_arm(CRASH_NONE, 0);
        int status = world_free(state);
        store_test_vfs(NULL);
        return status;
}

#endif
