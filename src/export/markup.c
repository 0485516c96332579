/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTML that is well formed as XML too, whatever the text (contract in markup.h). */
#include "markup.h"

#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"

void html_put(FILE *out, const char *markup, ...)
{
        va_list args;
        va_start(args, markup);
        vfprintf(out, markup, args);
        va_end(args);
}

/* What XML cannot hold becomes a blank. */
static uint32_t printable(uint32_t code)
{
        bool control = (code < 0x20 && code != '\n') || (code >= 0x7F && code < 0xA0);
        return control || code == 0xFFFE || code == 0xFFFF ? ' ' : code;
}

void html_text(FILE *out, const char *text)
{
        uint32_t code;
        for (size_t n; (n = utf8_decode(text, &code)) > 0; text += n) {
                char bytes[4];
                switch (code) {
                case '<': html_put(out, "&lt;"); break;
                case '>': html_put(out, "&gt;"); break;
                case '&': html_put(out, "&amp;"); break;
                case '"': html_put(out, "&quot;"); break;
                case '\'': html_put(out, "&#39;"); break;
                default: fwrite(bytes, 1, utf8_encode(printable(code), bytes), out);
                }
        }
}

void html_in(FILE *out, const char *open, const char *text, const char *close)
{
        if (!*text)
                return;
        fputs(open, out);
        html_text(out, text);
        fputs(close, out);
}

void html_css(FILE *out, const char *text)
{
        uint32_t code;
        for (size_t n; (n = utf8_decode(text, &code)) > 0; text += n) {
                char bytes[4];
                if (code < 0x20 || strchr("\"\\<>&'", (int)(code < 0x7F ? code : 'a')))
                        html_put(out, "\\%06X", (unsigned)code);
                else
                        fwrite(bytes, 1, utf8_encode(printable(code), bytes), out);
        }
}
