/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Ministry's list of schools (padrón) into the directory.
 *
 * A row becomes, or corrects, the institucion with its COD_MOD and ANEXO; a
 * new one gets an id made from them (padron_school_id), and its revision holds
 * nothing of who imported it or when, so that laptops that import the same
 * list have the same directory.
 *
 * What people wrote stays: an empty cell changes nothing, and neither does a
 * cell that says what it said the time before; a cell that changed where a
 * person had written something else is only told.  Importing twice changes
 * nothing the second time.  Schools are never removed: inactive ones are
 * marked, those that are no longer in the list are told.
 *
 * Work is done in steps, each a transaction of its own: what a power cut
 * leaves is a good directory, and importing again finishes it.
 */
#ifndef SIMAE_APP_PADRON_H
#define SIMAE_APP_PADRON_H

#include "app/app.h"

enum { PADRON_UGELS_MAX = 64 };

struct padron_options {
        const char *path;
        const char *encoding;       /* NULL: found by itself */
        const char *ugels[PADRON_UGELS_MAX]; /* CODOOII; a DRE's (ending in 00) stands for its UGEL too */
        int ugels_n;                /* 0: the profile's UGEL, if it is one of the list */
        bool all;                   /* every UGEL */
        bool zeros;                 /* put back zeros lost at the left of codes */
        bool personal;              /* DIRECTOR TELEFONO EMAIL PROMOTOR too */
        bool active_only;           /* inactive schools that are not in the directory are left out */
        bool dry_run;               /* store nothing */
};

struct padron_ugel { char code[8]; const char *name; int64_t rows; };

/* What the file holds, known before anything is stored. */
struct padron_scan {
        const char *kind, *encoding, *note; /* as intake_info */
        int64_t rows, in_scope;     /* good enough to be read; of the UGEL asked for */
        const struct padron_ugel *ugels; /* those of the file, most rows first */
        int ugels_n;
        const char *scope;          /* what is taken in, in words: "UGEL 060001" */
        int64_t short_codes;        /* codes with digits missing, of rows in scope */
        const char *short_example;  /* "COD_MOD 234567", or "" */
        bool zeros_lost;            /* so many of them that it cannot be chance */
        const char *unknown;        /* columns that no question takes, separated by ", " */
        const char *personal;       /* personal columns that the file has */
};

struct padron_result {
        int64_t added, updated, same, inactive; /* inactive: marked so by this import */
        int64_t skipped_inactive, outside;      /* left out by active_only; of other UGEL */
        int64_t bad;                            /* rows with an error */
        int64_t kept;                           /* answers of people that the list contradicts */
        int64_t ignored;                        /* values that mean nothing here, left out */
        int64_t gone;                           /* of this scope, imported once, no longer in the list */
        /* One row for each thing to tell, in order of the file: fila, tipo (error, se_conserva, sin_traduccion,
         * ya_no_figura), cod_mod, anexo, motivo.  The first 100,000. */
        struct table notes;
};

struct padron;

/* True of a revision that an import made: nobody's, of no laptop. */
bool padron_wrote(const struct store_revision *revision);
/* The id of the school with that key in every directory: BLAKE2b-128 of "institucion", NUL, cod_mod, NUL, anexo. */
struct id padron_school_id(const char *cod_mod, const char *anexo);

/*
 * Open and look through the whole file; nothing is stored.  ERR_INVALID, ERR_NOT_FOUND, ERR_IO: as intake_open(), or
 * no columns COD_MOD and ANEXO.  ERR_REFUSED: no row is of the UGEL asked for (the sentence names those there are), or
 * the profile's UGEL has no code that the padrón knows, and the file is of several.
 */
enum err_code padron_open(struct app *app, const struct padron_options *options, struct padron **ret, struct err *err);
/* Borrowed until padron_close(). */
const struct padron_scan *padron_scan(const struct padron *padron);
/*
 * Go on for about a thousand schools.  *ret_percent reaches 100 only at the end.  ERR_REFUSED, with nothing stored,
 * when zeros were lost and `zeros` was not asked for.  After a failure only padron_close() may follow.
 */
enum err_code padron_step(struct padron *padron, int *ret_percent, struct err *err);
/* So far; complete at 100 percent. Borrowed until padron_close(). */
const struct padron_result *padron_result(const struct padron *padron);
/* 1204 as "1 204". In `arena`. */
const char *padron_number(int64_t n, struct arena *arena);
/* "1 204 nuevas, 12 actualizadas, 1 191 iguales, 31 inactivas marcadas, 9 filas con error". In `arena`. */
const char *padron_words(const struct padron_result *result, struct arena *arena);
/* What else to say, a sentence a line; "" if nothing. In `arena`. */
const char *padron_remarks(const struct padron *padron, struct arena *arena);
/* The notes as CSV at `path` (NULL: salida/padron-avisos.csv in the data folder); *ret_path, in `arena`, is where. */
enum err_code padron_write_notes(const struct padron *padron, const char *path, struct arena *arena,
                                 const char **ret_path, struct err *err);
/* `padron` may be NULL. What the steps stored stays. */
void padron_close(struct padron *padron);

#endif
