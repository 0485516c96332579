/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stays at the school: actas of records and blank forms, as documents
 * (export/doc.h), as files and on paper.
 *
 * What is reserved is left out: sensitive answers, and the content of reserved
 * children, which are named by their kind only («Alerta reservada»).  A record
 * that is itself reserved is refused.  With `sensitive` all of it is in, and
 * «Reservado» stands on each page.
 */
#ifndef SIMAE_APP_PRINT_H
#define SIMAE_APP_PRINT_H

#include "app/app.h"
#include "export/doc.h"

/* doc_release() is the caller's, after ERR_OK. ERR_REFUSED: reserved, and not asked for. */
enum err_code print_record(struct app *app, const struct id *record, bool sensitive, struct doc *ret, struct err *err);
/* The same of what is filled so far, marked «Borrador». */
enum err_code print_draft(struct draft *draft, bool sensitive, struct doc *ret, struct err *err);
/* The form in use, blank. ERR_NOT_FOUND names the nearest. */
enum err_code print_blank(struct app *app, const char *form, struct doc *ret, struct err *err);

enum { PRINT_PATH = 4096 };
/*
 * As a file in `folder` (NULL or "": the folder `salida` of the data folder,
 * made if needed), called as the document and its format say; one of that name
 * is replaced.  ERR_NOT_FOUND: no such folder.
 */
enum err_code print_save(struct app *app, const struct doc *doc, const char *format, const char *folder,
                         char ret_path[PRINT_PATH], struct err *err);

/* Asks lp(1) for its printer, for at most three seconds. */
bool print_has_printer(void);
/*
 * Give it to the printer: as a PDF where LibreOffice or Chromium can make one,
 * else as text.  *ret_pdf says which.  ERR_REFUSED with what lp said.
 */
enum err_code print_now(struct app *app, const struct doc *doc, bool *ret_pdf, struct err *err);

#endif
