/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names of keys: as ui/actions.def writes them (ASCII, as on most keyboards)
 * and as a person in Peru finds them on the keyboard.  Ctrl, Alt and F-keys
 * are made by rule; the rest is a table.
 */
#include "ui/key.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"

static const struct { uint32_t code; const char *name, *shown; } names[] = {
        {K_ENTER, "Enter", "Enter"},
        {K_ESC, "Esc", "Esc"},
        {K_TAB, "Tab", "Tab"},
        {K_BACKTAB, "Backtab", _("Mayús-Tab")},
        {K_BACKSPACE, "Backspace", _("Retroceso")},
        {K_DELETE, "Delete", _("Supr")},
        {K_INSERT, "Insert", _("Insert")},
        {K_UP, "Up", "↑"},
        {K_DOWN, "Down", "↓"},
        {K_LEFT, "Left", "←"},
        {K_RIGHT, "Right", "→"},
        {K_HOME, "Home", _("Inicio")},
        {K_END, "End", _("Fin")},
        {K_PGUP, "PgUp", _("RePág")},
        {K_PGDN, "PgDn", _("AvPág")},
        {K_CTRL_LEFT, "Ctrl-Left", "Ctrl-←"},
        {K_CTRL_RIGHT, "Ctrl-Right", "Ctrl-→"},
        {K_CTRL_UP, "Ctrl-Up", "Ctrl-↑"},
        {K_CTRL_DOWN, "Ctrl-Down", "Ctrl-↓"},
        {K_CTRL_HOME, "Ctrl-Home", _("Ctrl-Inicio")},
        {K_CTRL_END, "Ctrl-End", _("Ctrl-Fin")},
        {' ', "Space", _("Espacio")},
};

static bool is_graph(uint32_t code)
{
        return code > ' ' && code < 0x7F;
}

const char *key_name(uint32_t code, char out[16])
{
        for (size_t i = 0; i < ARRAY_LEN(names); i++)
                if (names[i].code == code)
                        return names[i].shown;
        out[0] = '\0';
        if (is_graph(code))
                snprintf(out, 16, "%c", (char)code);
        else if (code >= K_F1 && code <= K_F12)
                snprintf(out, 16, "F%u", (unsigned)(code - K_F1 + 1));
        else if (code > K_CTRL && is_graph(code - K_CTRL))
                snprintf(out, 16, "^%c",
                         (char)(code - K_CTRL >= 'a' ? code - K_CTRL - 'a' + 'A' : code - K_CTRL));
        else if (code > K_ALT && is_graph(code - K_ALT))
                snprintf(out, 16, "Alt-%c", (char)(code - K_ALT));
        return out;
}

static uint32_t lower(char c)
{
        return (uint32_t)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

uint32_t key_code_of(const char *name)
{
        for (size_t i = 0; i < ARRAY_LEN(names); i++)
                if (strcmp(names[i].name, name) == 0 || strcmp(names[i].shown, name) == 0)
                        return names[i].code;
        size_t len = strlen(name);
        if (len == 1 && is_graph((unsigned char)name[0]))
                return (unsigned char)name[0];
        if (len == 2 && name[0] == '^')
                return K_CTRL + lower(name[1]);
        if (len == 5 && strncmp(name, "Alt-", 4) == 0)
                return K_ALT + (unsigned char)name[4];
        int number = name[0] == 'F' ? atoi(name + 1) : 0;
        return number >= 1 && number <= 12 ? K_F1 + (uint32_t)number - 1 : K_NONE;
}

/* A printable ASCII code stands for its character, the rest for named keys. */
static enum key_kind kind_of_code(uint32_t code)
{
        return code == ' ' || is_graph(code) ? KEY_KIND_CHAR : KEY_KIND_CODE;
}

bool key_matches(const struct key *key, uint32_t code)
{
        return code != K_NONE && key->code == code && key->kind == kind_of_code(code);
}

struct key key_of_code(uint32_t code)
{
        return (struct key){.kind = kind_of_code(code), .code = code};
}
