/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys named on the command line, for the commands that open or make sealed files. */
#ifndef SIMAE_CLI_KEYS_H
#define SIMAE_CLI_KEYS_H

#include "cli/cli.h"
#include "sync/age.h"

bool cli_has_keys(const struct args *args);
/* Those of --identidad and --frase-archivo. */
enum err_code cli_take_keys(const struct args *args, struct age_keys *keys, struct err *err);
/* Asked for twice at the terminal. The caller wipes it. ERR_REFUSED: no terminal, nothing typed, two that differ, or
 * one too easy to guess (app/passphrase.h). */
enum err_code cli_ask_passphrase(char out[AGE_PASSPHRASE_MAX + 2], struct err *err);

#endif
