/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the readers share: encodings, capped lines, and the open file. */
#ifndef SIMAE_INTAKE_PRIV_H
#define SIMAE_INTAKE_PRIV_H

#include <shapefil.h>
#include <stdio.h>

#include "base/mem.h"
#include "base/str.h"
#include "intake/intake.h"

/* ---- charset.c ---- */

/* UTF-8, or a table from each byte to its letter; an empty one: no letter has that byte. */
struct charset {
        char name[32];
        bool is_utf8;
        char letters[256][5];
};
/* ERR_INVALID: iconv does not know it, or its letters take several bytes. */
enum err_code charset_init(struct charset *charset, const char *name, struct err *err);
/* The encoding that the bytes of `file` from `from` on speak for; `otherwise` when they say nothing. */
const char *charset_guess(FILE *file, int64_t from, const char *otherwise);
/* A cell as clean UTF-8 in `arena`, or NULL. */
const char *charset_decode(const struct charset *charset, const char *bytes, size_t len, struct arena *arena);

/* ---- lines.c: lines of bounded length ---- */

struct lines {
        FILE *file;
        char block[1 << 16];
        size_t at, n;
        int64_t offset; /* in the file, of block[at] */
        bool failed;    /* the disk refused */
};
void lines_seek(struct lines *lines, int64_t offset);
/*
 * Append the next line to `out` without its end; false at the end of the file.
 * Of a line beyond INTAKE_ROW_MAX only the beginning is kept, and *ret_cut set.
 */
bool lines_next(struct lines *lines, struct str *out, bool *ret_cut);

/* ---- The open file ---- */

struct slice {
        const char *bytes;
        size_t len;
};

struct intake {
        FILE *file;
        int64_t size;
        struct intake_info info;
        const struct reader *reader;
        struct charset charset;
        struct arena arena;   /* columns, note */
        struct arena row;     /* decoded cells */
        struct slice *cells;  /* of the present row */
        const char **decoded; /* NULL: not asked for yet */
        int64_t number;
        char problem[256];
        /* DBF */
        DBFHandle dbf;
        int64_t position; /* of `file`, to leave out needless seeks */
        int64_t record;   /* next one */
        bool torn;        /* a last record that the file ends inside of, still to be told */
        /* CSV */
        struct lines lines;
        struct str raw;  /* the row as read */
        struct str text; /* its cells without quotes */
        int64_t line, first_line, data_offset;
};

/* How a kind of file is read. `next` fills cells, number and problem; `open` the info, but for the encoding.
 */
struct reader {
        const char *kind, *fallback; /* the encoding when nothing tells */
        enum err_code (*open)(struct intake *intake, struct err *err);
        enum intake_step (*next)(struct intake *intake);
        void (*rewind)(struct intake *intake);
        int (*percent)(const struct intake *intake);
        void (*close)(struct intake *intake);
};
extern const struct reader reader_dbf, reader_csv;

enum intake_step intake_bad(struct intake *intake, const char *format, ...)
        __attribute__((format(printf, 2, 3)));

#endif
