/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the two files of `simae claves` share. */
#ifndef SIMAE_CLI_CLAVES_H
#define SIMAE_CLI_CLAVES_H

#include "app/keys.h"
#include "cli/cli.h"

/* «LABEL: NAME», the key, its words. */
void claves_print_key(const char *label, const char *text, const char *name);
enum err_code claves_print_office(const char *dir, struct err *err);

/* claves_others.c: mostrar, laptops, aceptar, quitar, retener. */
enum err_code claves_show(struct app *app, struct args *args, struct err *err);
enum err_code claves_laptops(struct app *app, struct args *args, struct err *err);
enum err_code claves_accept(struct app *app, struct args *args, struct err *err);
enum err_code claves_drop(struct app *app, struct args *args, struct err *err);
enum err_code claves_hold(struct app *app, struct args *args, struct err *err);

#endif
