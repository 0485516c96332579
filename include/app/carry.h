/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An export in steps, to a stick or a folder, and the stick ejected at the end:
 * what a person waits for, shows how far it is, and can be stopped.
 * app_export() is the same without steps and without a stick.
 */
#ifndef SIMAE_APP_CARRY_H
#define SIMAE_APP_CARRY_H

#include "app/app.h"
#include "sync/media.h"

enum carry_stage {
        CARRY_OPENING,    /* a stick that was not mounted */
        CARRY_COUNTING,   /* the store is checked, what goes is counted: one step */
        CARRY_WRITING,    /* the bundle is made and verified on the own disk: one step */
        CARRY_COPYING,
        CARRY_VERIFYING,  /* read back from the medium */
        CARRY_EJECTING,
        CARRY_DONE,
};

/* What is true of the place where it is now. */
enum carry_end {
        CARRY_STAYS,     /* nothing to take away: a folder of a disk */
        CARRY_EJECT,     /* on a stick that the person has to eject */
        CARRY_UNMOUNTED, /* on a stick that is unmounted but was not turned off */
        CARRY_FREE,      /* the stick may be taken out */
};

struct carry;

/* To a folder, as app_export() takes it (NULL: the folder `salida` of simae); one that is no folder is ERR_NOT_FOUND. */
struct carry *carry_to_folder(struct app *app, const char *folder);
/*
 * To the folder SIMAE of a stick, made if there is none; it is opened before if it is closed, and ejected
 * afterwards.  `medium` is copied.  `roots` as in sync/media.h, borrowed.
 */
struct carry *carry_to_stick(struct app *app, const struct media_roots *roots, const struct medium *medium);
/*
 * Seal with a passphrase instead of for the known offices; before the first step, copied, wiped by carry_free().
 * Without it and without an office (app_offices_known()) the first steps end in ERR_REFUSED.
 */
void carry_seal_with(struct carry *carry, const char *passphrase);
/*
 * For an accepted laptop, or BACK_ALL (app/back.h), instead of for the offices; before the first step, copied.
 */
void carry_send_back(struct carry *carry, const char *who);
/* Make the bundle also if it brings no news: without it carry_step() ends in ERR_NO_NEWS, and may go on after this. */
void carry_anyway(struct carry *carry);
/*
 * A step; short but for CARRY_COUNTING and CARRY_WRITING, which begins again for each part.  ERR_OK until the stage is
 * CARRY_DONE.  After an error nothing is left of that part, it is not noted, and the sentence says what to do.
 */
enum err_code carry_step(struct carry *carry, struct err *err);
enum carry_stage carry_stage(const struct carry *carry);
/* Of copying and reading back, from 0 to 1. */
double carry_share(const struct carry *carry);
/* How many bundles it takes, 0 before they are counted, and how many of them are copied and noted: these stay. */
int carry_parts(const struct carry *carry, int *ret_done);
/* Once all is copied; NULL before. From then on it stays, whatever carry_free() interrupts. */
const struct export_result *carry_result(const struct carry *carry);
/* Once CARRY_DONE. */
enum carry_end carry_end(const struct carry *carry);
/* Frees it; a part that is not copied yet is given up and leaves nothing. */
void carry_free(struct carry *carry);

/* ---- Words, for both faces ---- */

/* «12,3 GB libres de 15,5 GB», or why it cannot be used just so. In `arena`. */
const char *medium_words(const struct medium *medium, struct arena *arena);
/* The same of one to be read from: how large it is. In `arena`. */
const char *medium_read_words(const struct medium *medium, struct arena *arena);
/* After trying to open a stick: is it open? NULL: it was pulled out. ERR_NOT_FOUND, ERR_REFUSED: what to do instead. */
enum err_code medium_check_open(const struct medium *medium, struct err *err);
/* The file, what is in it, what stayed out; in lines. In `arena`. */
const char *export_words(const struct export_result *done, struct arena *arena);
/* «Abriendo la memoria…», «Paquete 2 de 3. Copiando…»: what it is doing. In `arena`. */
const char *carry_words(const struct carry *carry, struct arena *arena);
/* What is left of one that was stopped. In `arena`. */
const char *carry_stopped_words(const struct carry *carry, struct arena *arena);
/* «Ya puede retirar la memoria.», only if that is true; else what to do before. "" for a folder of a disk. */
const char *carry_end_words(enum carry_end end);

#endif
