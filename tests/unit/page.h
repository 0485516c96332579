/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of paper ask of a document as it is written. */
#ifndef SIMAE_TEST_PAGE_H
#define SIMAE_TEST_PAGE_H

#include "export/doc.h"

/* malloc'ed. */
char *page_text(const struct doc *doc, const char *format);
/* Every element is closed where it should be, and no attribute is left open. */
void page_is_well_formed(const char *html);
/* Valid UTF-8, no control characters but line ends, and no line of more than `most` columns (0: any). */
void page_is_clean(const char *text, int most);

#endif
