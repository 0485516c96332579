/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns of lines (contract in doc_column.h). */
#include "doc_column.h"

#include <string.h>

#include "base/utf8.h"
#include "export/doc.h"

static void add_many(struct str *out, const char *what, int n)
{
        for (; n > 0; n--)
                str_add(out, what);
}

/* Control characters as blanks: no text may steer a terminal or a printer. */
static void clean(struct str *out, const char *text)
{
        uint32_t code;
        for (size_t n; (n = utf8_decode(text, &code)) > 0; text += n) {
                char bytes[4];
                bool control = (code < 0x20 && code != '\n') || (code >= 0x7F && code < 0xA0);
                str_addn(out, bytes, utf8_encode(control ? ' ' : code, bytes));
        }
}

/* Bytes of `text` that go on a line of `width` columns: whole words if any fits. */
static size_t line_fit(const char *text, int width)
{
        size_t whole = strcspn(text, "\n"), fit = utf8_fit(text, width);
        if (fit >= whole)
                return whole;
        for (size_t at = fit; at > 0; at--)
                if (text[at] == ' ')
                        return at;
        return fit ? fit : utf8_next(text);
}

static void add_line(struct column *column, const char *bytes, size_t len)
{
        while (len && bytes[len - 1] == ' ')
                len--;
        str_addn(&column->text, bytes, len);
        str_addc(&column->text, '\n');
        column->lines++;
}

void column_add(struct column *column, const char *text, int hang)
{
        struct str plain = STR_INIT;
        clean(&plain, text);
        int in = 0;
        for (const char *at = plain.text; *at;) {
                struct str line = STR_INIT;
                size_t len = line_fit(at, column->width - in);
                add_many(&line, " ", in);
                str_addn(&line, at, len);
                add_line(column, line.text, line.len);
                str_release(&line);
                at += len;
                at += *at == '\n' ? 1 : strspn(at, " ");
                in = hang < column->width / 2 ? hang : 0;
        }
        str_release(&plain);
}

void column_reopen(struct column *column)
{
        column->text.text[--column->text.len] = '\0';
        column->lines--;
}

int column_last_width(const struct column *column)
{
        const char *line = strrchr(column->text.text, '\n');
        return utf8_width(line ? line + 1 : column->text.text);
}

void column_close(struct column *column)
{
        str_addc(&column->text, '\n');
        column->lines++;
}

void column_open(struct column *column, int width)
{
        *column = (struct column){.text = STR_INIT, .width = width < 3 ? 3 : width};
}

void columns_put(FILE *out, struct column *columns, int n, const char *between)
{
        const char *at[DOC_TABLE_MAX];
        int lines = 0;
        for (int i = 0; i < n; i++) {
                at[i] = columns[i].text.text;
                lines = columns[i].lines > lines ? columns[i].lines : lines;
        }
        for (int line = 0; line < lines; line++) {
                struct str text = STR_INIT;
                for (int i = 0; i < n; i++) {
                        size_t len = strcspn(at[i], "\n");
                        if (i)
                                str_add(&text, between);
                        str_addn(&text, at[i], len);
                        add_many(&text, " ", columns[i].width - utf8_width_n(at[i], len));
                        at[i] += len + (at[i][len] == '\n');
                }
                while (text.len && text.text[text.len - 1] == ' ')
                        text.text[--text.len] = '\0';
                fprintf(out, "%s\n", text.text);
                str_release(&text);
        }
        for (int i = 0; i < n; i++)
                str_release(&columns[i].text);
}

void column_repeat(struct column *column, const char *what, int n)
{
        add_many(&column->text, what, n);
}
