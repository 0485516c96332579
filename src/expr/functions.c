/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of functions, built from functions.def, and the search by name.
 *
 * Names are found through an open-addressing index of row numbers, filled at
 * the first search; with three slots for each row a search looks at one or two.
 */
#include <string.h>

#include "base/err.h"
#include "base/str.h"
#include "expr_priv.h"

static const struct function table[] = {
#define FN(c_name, name, min, max, kinds, about) {name, fn_##c_name, min, max, kinds, _(about)},
#include "expr/functions.def"
#undef FN
};

enum { ROWS = ARRAY_LEN(table), SLOTS = 256, SIGNATURE_MAX = 160 };
_Static_assert(ROWS * 3 <= SLOTS, "the index of functions is too full");

static unsigned char slots[SLOTS]; /* row + 1; 0: free */

static unsigned slot_of(const char *name, size_t len)
{
        unsigned hash = 2166136261u;
        for (size_t i = 0; i < len; i++)
                hash = (hash ^ (unsigned char)name[i]) * 16777619u;
        return (hash ^ hash >> 16) % SLOTS;
}

static void fill_slots(void)
{
        for (size_t row = 0; row < ROWS; row++) {
                unsigned slot = slot_of(table[row].name, strlen(table[row].name));
                while (slots[slot])
                        slot = (slot + 1) % SLOTS;
                slots[slot] = (unsigned char)(row + 1);
        }
}

const struct function *function_find(const char *name, size_t len)
{
        static bool filled;
        if (!filled)
                fill_slots();
        filled = true;
        for (unsigned slot = slot_of(name, len); slots[slot]; slot = (slot + 1) % SLOTS) {
                const struct function *f = &table[slots[slot] - 1];
                if (strncmp(f->name, name, len) == 0 && f->name[len] == '\0')
                        return f;
        }
        return NULL;
}

const char *function_nearest(const char *name)
{
        const char *names[ROWS];
        for (size_t i = 0; i < ROWS; i++)
                names[i] = table[i].name;
        return str_nearest(name, names, ROWS);
}

static const char flags[] = "!#.<@?";

static const char *letters(const struct function *function)
{
        return function->kinds + strspn(function->kinds, flags);
}

bool function_has_flag(const struct function *function, char flag)
{
        return memchr(function->kinds, flag, (size_t)(letters(function) - function->kinds)) != NULL;
}

char function_kind(const struct function *function, int i)
{
        const char *kinds = letters(function), *star = strchr(kinds, '*');
        int fixed = star ? (int)(star - kinds) : i + 1;
        if (i < fixed)
                return kinds[i];
        return star[1 + (i - fixed) % (int)strlen(star + 1)];
}

static const char *kind_word(char kind)
{
        switch (kind) {
        case 's': return _("texto");
        case 'n': return _("número");
        case 'b': return _("condición");
        case 'd': return _("fecha");
        case 't': return _("hora");
        case 'q': return _("valores");
        case 'Q': return _("valores");
        case 'r': return _("repetición");
        case 'p': return _("repetición");
        case 'f': return _("pregunta");
        case 'm': return _("pregunta");
        case 'c': return _("pregunta");
        case 'a': return _("nombre");
        case 'l': return _("lista");
        case 'x': return _("patrón");
        case 'F': return _("formato");
        case 'g': return _("algoritmo");
        case 'e': return _("codificación");
        default: return _("valor");
        }
}

/* "round(número[, número])", "join(texto, valores…)" */
static void write_signature(const struct function *f, char *out)
{
        bool endless = f->max < 0 || f->max > f->min + 2;
        int shown = endless ? f->min : f->max;
        struct str text = STR_INIT;
        str_addf(&text, "%s(", f->name);
        for (int i = 0; i < shown; i++)
                str_addf(&text, "%s%s%s", i == f->min ? "[" : "", i ? ", " : "",
                         kind_word(function_kind(f, i)));
        str_addf(&text, "%s%s)", endless ? "…" : "", shown > f->min ? "]" : "");
        size_t len = text.len < SIGNATURE_MAX ? text.len : SIGNATURE_MAX - 1;
        memcpy(out, text.text, len);
        out[len] = '\0';
        str_release(&text);
}

const struct expr_function_info *expr_functions(int *ret_n)
{
        static struct expr_function_info infos[ROWS];
        static char signatures[ROWS][SIGNATURE_MAX];
        for (size_t i = 0; i < ROWS && !infos[ROWS - 1].name; i++) {
                const struct function *f = &table[i];
                write_signature(f, signatures[i]);
                infos[i] = (struct expr_function_info){f->name, signatures[i], f->about, f->min, f->max};
        }
        *ret_n = ROWS;
        return infos;
}
