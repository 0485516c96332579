/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a phrase has to be (contract in app/passphrase.h); key_words.c makes one. */
#include "app/passphrase.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/utf8.h"

struct measure { int letters, different; bool digits_only; };

static struct measure measure(const char *phrase)
{
        enum { KEPT = 16 };
        struct measure found = {.digits_only = true};
        uint32_t code, seen[KEPT];
        int blanks = 0;
        for (size_t n; (n = utf8_decode(phrase, &code)) > 0; phrase += n) {
                if (code == ' ') { /* counts once something follows */
                        blanks += found.letters > 0;
                        continue;
                }
                found.letters += 1 + blanks;
                blanks = 0;
                found.digits_only &= code >= '0' && code <= '9';
                int at = 0;
                while (at < found.different && seen[at] != code)
                        at++;
                if (at == found.different && at < KEPT)
                        seen[found.different++] = code;
        }
        return found;
}

const char *passphrase_problem(const char *phrase)
{
        struct measure found = measure(phrase);
        if (found.letters < PASSPHRASE_LEAST)
                return _("La frase es muy corta: use cuatro palabras que no vayan juntas, 12 letras como mínimo.");
        if (found.digits_only)
                return _("Solo números se adivinan pronto: use cuatro palabras que no vayan juntas.");
        if (found.different < 5)
                return _("La frase repite siempre lo mismo: use cuatro palabras distintas.");
        return NULL;
}
