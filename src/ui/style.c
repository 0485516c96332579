/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Looks: ui/styles.def holds them as words ("white blue b"), one for each role
 * and theme, so that a table can be read at a glance; they are turned into
 * numbers here, when a theme is taken into use and never while painting.
 */
#include "style_priv.h"

#include <string.h>

static const char *const looks[STYLE_N][4] = {
#define STYLE(role, dark, light, contrast, mono) {dark, light, contrast, mono},
#include "ui/styles.def"
#undef STYLE
};

static int colour_of(const char *word, size_t len)
{
        static const char *const colours[] = {"black", "red",     "green", "yellow",
                                              "blue",  "magenta", "cyan",  "white"};
        for (int i = 0; i < 8; i++)
                if (strlen(colours[i]) == len && memcmp(colours[i], word, len) == 0)
                        return i;
        return -1;
}

struct look style_look(enum style style, enum theme theme)
{
        const char *foreground = looks[style][theme == THEME_ASCII ? THEME_MONO : theme];
        const char *background = foreground + strcspn(foreground, " ");
        size_t foreground_len = (size_t)(background - foreground);
        background += strspn(background, " ");
        size_t background_len = strcspn(background, " ");
        const char *attributes = background + background_len;
        return (struct look){
                .foreground = colour_of(foreground, foreground_len),
                .background = colour_of(background, background_len),
                .bold = strchr(attributes, 'b') != NULL,
                .underline = strchr(attributes, 'u') != NULL,
                .reverse = strchr(attributes, 'r') != NULL,
                .dim = strchr(attributes, 'd') != NULL,
        };
}

const char *theme_name(enum theme theme)
{
        switch (theme) {
        case THEME_DARK: return _("para fondo oscuro");
        case THEME_LIGHT: return _("para fondo claro");
        case THEME_CONTRAST: return _("alto contraste, para el sol");
        case THEME_MONO: return _("sin color");
        case THEME_ASCII: return _("sin color y con signos sencillos, para terminales con pocas letras");
        case THEMES: break;
        }
        return "";
}
