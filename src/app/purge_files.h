/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The attached files that a purge leaves without anybody who names them.  Texts
 * that are to go are told one by one, before; what nothing else in the store
 * says by then is doomed, in the same transaction; and files go after the
 * commit, so that no record that stays loses one.
 */
#ifndef SIMAE_APP_PURGE_FILES_H
#define SIMAE_APP_PURGE_FILES_H

#include "app/app.h"
#include "base/id.h"

/* Zero-initialised; purge_files_release(). */
struct purge_files {
        char (*hashes)[HASH_TEXT];
        size_t n, room;
};

/* Whatever `text`, a body or a line of a draft, says that has the shape of an attached file (base/attached.h). */
void purge_files_note(struct purge_files *files, const char *text);
/* Forget those that the store still says. */
enum err_code purge_files_spare(struct app *app, struct purge_files *files, struct err *err);
/* Remove the rest from «adjuntos», under any ending; those that are not there are no error. */
enum err_code purge_files_remove(struct app *app, const struct purge_files *files, struct err *err);
void purge_files_release(struct purge_files *files);

#endif
