/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two doors of the store for its own tests. The program never uses them. */
#ifndef SIMAE_STORE_STORE_TEST_H
#define SIMAE_STORE_STORE_TEST_H

/* The SQLite VFS that store_open() uses from now on; NULL for the usual one. */
void store_test_vfs(const char *name);
/* One more migration after the built-in ones (borrowed); NULL, NULL forgets it. */
void store_test_migration(const char *name, const char *sql);

#endif
