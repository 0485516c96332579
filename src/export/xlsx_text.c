/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text and names as a workbook can hold them (contract in xlsx_text.h). */
#include "xlsx_text.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/utf8.h"

/* What neither XML nor a cell can hold becomes a blank. */
static uint32_t allowed(uint32_t code)
{
        bool control = (code < 0x20 && code != '\n' && code != '\t') || (code >= 0x7F && code < 0xA0);
        return control || code == 0xFFFE || code == 0xFFFF ? ' ' : code;
}

/* "_x0041_": Excel reads it as an A. */
static bool looks_escaped(const char *text)
{
        if (text[0] != '_' || text[1] != 'x')
                return false;
        for (int i = 2; i < 6; i++)
                if (!isxdigit((unsigned char)text[i]))
                        return false;
        return text[6] == '_';
}

/* The code point at *text, which moves past it, with CR and CR LF as \n. */
static uint32_t next_code(const char **text)
{
        uint32_t code;
        *text += utf8_decode(*text, &code);
        if (code != '\r')
                return allowed(code);
        *text += **text == '\n';
        return '\n';
}

void xlsx_clean(struct str *out, const char *text)
{
        int units = 0;
        size_t cut = 0; /* where «…» would go */
        str_clear(out);
        while (*text) {
                char bytes[4];
                if (looks_escaped(text))
                        str_add(out, "_x005F");
                uint32_t code = next_code(&text);
                units += code > 0xFFFF ? 2 : 1;
                if (units < XLSX_CELL_MAX)
                        cut = out->len + utf8_encode(code, bytes);
                if (units > XLSX_CELL_MAX) {
                        str_splice(out, cut, out->len - cut, "…", strlen("…"));
                        return;
                }
                str_addn(out, bytes, utf8_encode(code, bytes));
        }
}

/* As much of `title` as a name may have, cut between words; true if it was cut. */
static bool take_name(struct str *out, const char *title, int room)
{
        int units = 0;
        while (*title) {
                char bytes[4];
                uint32_t code = next_code(&title);
                if (code < 0x80 && strchr("[]:*?/\\\n\t", (int)code))
                        code = ' ';
                if (code == ' ' && out->len > 0 && out->text[out->len - 1] == ' ')
                        continue;
                if ((units += code > 0xFFFF ? 2 : 1) > room)
                        return true;
                str_addn(out, bytes, utf8_encode(code, bytes));
        }
        return false;
}

static void cut_at(struct str *out, const char *end)
{
        str_splice(out, (size_t)(end - out->text), strlen(end), "", 0);
}

/* Of a name that was cut: what follows « · », or the word that may not be whole and the «de la» before it. */
static void drop_last_words(struct str *out)
{
        enum { SHORT = 3 };
        const char *end = strstr(out->text, " · ");
        if (end) {
                cut_at(out, end);
                return;
        }
        if ((end = strrchr(out->text, ' ')))
                cut_at(out, end);
        while ((end = strrchr(out->text, ' ')) && utf8_length(end + 1) <= SHORT)
                cut_at(out, end);
}

void xlsx_sheet_name(struct str *out, const char *title, int copy)
{
        char ending[16] = "";
        if (copy > 1)
                snprintf(ending, sizeof ending, " (%d)", copy);
        str_clear(out);
        while (*title == ' ' || *title == '\'')
                title++;
        if (take_name(out, title, XLSX_NAME_MAX - (int)strlen(ending)))
                drop_last_words(out);
        while (out->len > 0 && strchr(" '(,.;", out->text[out->len - 1]))
                str_splice(out, out->len - 1, 1, "", 0);
        if (out->len == 0)
                str_add(out, _("Datos"));
        str_add(out, ending);
}

int xlsx_lines(const char *cell, int width)
{
        int lines = 0;
        for (;;) {
                size_t n = strcspn(cell, "\n");
                int letters = n <= (size_t)width ? (int)n : utf8_width_n(cell, n);
                lines += letters <= width ? 1 : 1 + letters * 11 / 10 / width;
                if (cell[n] == '\0')
                        return lines;
                cell += n + 1;
        }
}
