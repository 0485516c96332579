/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Attached files: taken into «adjuntos» of the data folder when they are
 * answered, named by their content (base/attached.h), so that neither a stick
 * that goes nor a file that changes takes them away.  The same file twice is
 * kept once.  Nothing is removed with a draft: another record may name it; only
 * a purge removes what nobody names any more (app/purge.h).
 */
#ifndef SIMAE_APP_ATTACH_H
#define SIMAE_APP_ATTACH_H

#include "app/app.h"
#include "base/attached.h"

/*
 * Take a file in; "~/" is the person's folder. `ret`: the answer, in `arena`.
 * An answer already of that shape is given back as it is.  ERR_NOT_FOUND: no
 * such file.  ERR_INVALID: no regular file, or empty.  ERR_LIMIT: larger than
 * ATTACHED_MAX.  ERR_IO, ERR_FULL: it could not be read or kept; nothing is kept then.
 */
enum err_code app_attach(struct app *app, const char *path, struct arena *arena, const char **ret, struct err *err);
/* "~/acta.pdf" is in the person's folder; any other path is itself. Borrowed, or in `arena`. */
const char *attach_whole_path(const char *typed, struct arena *arena);
/* Keep content that came with its name («<64 hex>.pdf»). ERR_CORRUPT if its hash is not that; the rest as above. */
enum err_code app_attach_bytes(struct app *app, const char *file, const void *bytes, size_t len, struct err *err);
/* Where the content of an answer is, or would be; NULL if `value` is no attached file. In `arena`. */
const char *app_attached_path(struct app *app, const char *value, struct arena *arena);
/* Is the content of that name («<64 hex>.pdf») here, and what it says? `*ret_size` in bytes. */
bool attached_file_here(struct app *app, const char *file, int64_t *ret_size);
/* Is it here? `*ret_size` (may be NULL) in bytes. */
bool app_attached_here(struct app *app, const char *value, int64_t *ret_size);
/* Copy it to `to`: a folder, where it gets its own name («2-foto.jpg» if another file has it), or a file that does
 * not exist or is the same. `ret_path` in `arena`.  ERR_EXISTS.  ERR_NOT_FOUND: the file is not on this laptop. ERR_CORRUPT: what is kept is not what was attached. */
enum err_code app_attached_save(struct app *app, const char *value, const char *to, struct arena *arena,
                                const char **ret_path, struct err *err);

/* Each attached file among the answers of a record, in rows too, in the order of the form. An error of `found` ends it. */
typedef enum err_code attach_found(void *ctx, const struct node *node, const char *value, struct err *err);
enum err_code attach_each(const struct form *form, const json_t *answers, attach_found *found, void *ctx, struct err *err);

#endif
