/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the commands about sealed files share: the keys that --identidad and
 * --frase-archivo name, and a passphrase asked for at the terminal, unseen.
 */
#include <fcntl.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <sodium.h>

#include "app/passphrase.h"
#include "cli_keys.h"

bool cli_has_keys(const struct args *args)
{
        return args_has(args, "--identidad") || args_has(args, "--frase-archivo");
}

enum err_code cli_take_keys(const struct args *args, struct age_keys *keys, struct err *err)
{
        const char *identity = args_value(args, "--identidad"), *phrase = args_value(args, "--frase-archivo");
        enum err_code rc = ERR_OK;
        if (identity)
                rc = age_keys_add_file(keys, identity, err);
        if (rc == ERR_OK && phrase)
                rc = age_keys_add_passphrase_file(keys, phrase, err);
        return rc;
}

/* One line of the terminal without showing it; false at its end. */
static bool read_unseen(FILE *terminal, const char *question, char *out, size_t room)
{
        struct termios before, silent;
        int fd = fileno(terminal);
        if (tcgetattr(fd, &before) != 0)
                return false;
        silent = before;
        silent.c_lflag &= ~(tcflag_t)ECHO;
        fprintf(terminal, "%s", question);
        fflush(terminal);
        tcsetattr(fd, TCSAFLUSH, &silent);
        bool good = fgets(out, (int)room, terminal) != NULL;
        tcsetattr(fd, TCSAFLUSH, &before);
        fputc('\n', terminal);
        out[good ? strcspn(out, "\r\n") : 0] = '\0';
        return good;
}

enum err_code cli_ask_passphrase(char out[AGE_PASSPHRASE_MAX + 2], struct err *err)
{
        char again[AGE_PASSPHRASE_MAX + 2];
        const char *weak;
        FILE *terminal = fopen("/dev/tty", "r+e");
        if (!terminal)
                return err_set(err, ERR_REFUSED, _("no hay un teclado donde escribir la frase; use --frase-archivo"));
        enum err_code rc = ERR_OK;
        if (!read_unseen(terminal, _("Frase de contraseña (no se ve al escribir): "), out, AGE_PASSPHRASE_MAX + 2) || !*out)
                rc = err_set(err, ERR_REFUSED, _("no se escribió ninguna frase; no se exportó nada"));
        else if ((weak = passphrase_problem(out)))
                rc = err_set(err, ERR_REFUSED, "%s", weak);
        else if (!read_unseen(terminal, _("Escríbala otra vez: "), again, sizeof again) || strcmp(out, again) != 0)
                rc = err_set(err, ERR_REFUSED, _("las dos frases no son iguales; no se exportó nada, repita"));
        sodium_memzero(again, sizeof again);
        fclose(terminal);
        return rc;
}
