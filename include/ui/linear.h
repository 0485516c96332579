/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The linear mode: the same program for screen readers, Braille displays and
 * terminals that cannot place the cursor, as plain lines, one question at a
 * time, answered with a line and Enter.  It drives the same drafts and sessions
 * as the screens, so skips, checks, the way back and autosave are the same.
 *
 *      12 de 40. Estudiantes asistentes (obligatoria, número entero)
 *      24
 *      Guardado.
 *
 * Reads standard input, which may be a pipe, and writes standard output: no
 * byte below 32 but line ends.
 */
#ifndef SIMAE_UI_LINEAR_H
#define SIMAE_UI_LINEAR_H

#include "app/app.h"

/*
 * Runs until the person leaves, the input ends, nobody reads the output any
 * more, or SIGTERM, SIGHUP or SIGINT comes; whatever was answered is on disk
 * by then.
 */
enum err_code linear_run(struct app *app, struct err *err);
/* True if it was asked for, or the terminal cannot place its cursor (TERM unset or "dumb"). */
bool linear_wanted(bool asked);

#endif
