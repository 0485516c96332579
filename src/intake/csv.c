/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * CSV: RFC 4180 quotes, LF or CRLF, `;` `,` or tab, found in the first line.
 *
 * A stray quote must not swallow the rows after it: a row of several lines
 * that then does not fit (letters after a closing quote, a wrong number of
 * cells, no end) is taken for its first line alone, and reading goes on with
 * the second.
 */
#include <string.h>

#include "intake_priv.h"

/* ---- One row ---- */

enum quoting { ROW_WHOLE, ROW_OPEN, ROW_STRAY };

/* The text of a quoted cell at `p` to *to; returns where its closing quote is, or `end` if there is none. */
static const char *unquote(const char *p, const char *end, char **to)
{
        for (p++; p < end; p++) {
                if (*p == '"' && (p + 1 == end || p[1] != '"'))
                        return p;
                p += *p == '"';
                *(*to)++ = *p;
        }
        return end;
}

static const char *plain_cell(const char *p, const char *end, char separator, char **to)
{
        const char *stop = memchr(p, separator, (size_t)(end - p));
        size_t n = (size_t)((stop ? stop : end) - p);
        *to = mempcpy(*to, p, n);
        return p + n;
}

/* Cells of `raw` into intake->cells; the number of them in *ret_n, which may pass the limit (they are not
 * kept). */
static enum quoting split(struct intake *intake, int *ret_n)
{
        const char *p = intake->raw.text, *end = p + intake->raw.len;
        char *to = intake->text.text, separator = intake->info.separator;
        for (*ret_n = 0;; p++) {
                char *start = to;
                if (p < end && *p == '"') {
                        p = unquote(p, end, &to);
                        if (p == end)
                                return ROW_OPEN;
                        if (++p < end && *p != separator)
                                return ROW_STRAY;
                } else {
                        p = plain_cell(p, end, separator, &to);
                }
                if (*ret_n < INTAKE_COLUMNS_MAX)
                        intake->cells[*ret_n] = (struct slice){start, (size_t)(to - start)};
                ++*ret_n;
                if (p == end)
                        return ROW_WHOLE;
        }
}

static void make_room(struct str *text, size_t len)
{
        while (text->len < len)
                str_addn(text, "                                                                ", 64);
}

enum reading { READ_ROW, READ_END, READ_STRAY, READ_OPEN, READ_LONG };

/* The next row, over as many lines as its quotes hold. *ret_second: where its second line begins, or -1. */
static enum reading read_row(struct intake *intake, int *ret_n, int64_t *ret_second)
{
        bool cut;
        *ret_second = -1;
        *ret_n = 0;
        str_clear(&intake->raw);
        intake->number = intake->line;
        if (!lines_next(&intake->lines, &intake->raw, &cut))
                return READ_END;
        intake->line++;
        for (;;) {
                if (cut || intake->raw.len > INTAKE_ROW_MAX)
                        return READ_LONG;
                make_room(&intake->text, intake->raw.len + 1);
                enum quoting quoting = split(intake, ret_n);
                if (quoting != ROW_OPEN)
                        return quoting == ROW_WHOLE ? READ_ROW : READ_STRAY;
                if (*ret_second < 0)
                        *ret_second = intake->lines.offset;
                str_addc(&intake->raw, '\n');
                if (!lines_next(&intake->lines, &intake->raw, &cut))
                        return READ_OPEN;
                intake->line++;
        }
}

/* Only the first line is at fault: go on with the second. */
static void keep_first_line(struct intake *intake, int64_t second)
{
        if (second < 0)
                return;
        lines_seek(&intake->lines, second);
        intake->line = intake->number + 1;
}

static enum intake_step csv_next(struct intake *intake)
{
        for (;;) {
                int n;
                int64_t second;
                enum reading reading = read_row(intake, &n, &second);
                if (reading == READ_END && intake->lines.failed) {
                        lines_seek(&intake->lines, intake->size);
                        return intake_bad(intake, _("el disco no pudo leer el archivo a partir de aquí"));
                }
                if (reading == READ_END)
                        return INTAKE_END;
                if (reading == READ_ROW && n == intake->info.columns_n)
                        return INTAKE_ROW;
                if (reading == READ_ROW && n == 1 && second < 0 && str_blank(intake->raw.text))
                        continue; /* an empty line */
                keep_first_line(intake, second);
                if (reading == READ_LONG)
                        return intake_bad(intake, _("la fila es demasiado larga"));
                if (reading == READ_ROW && second < 0)
                        return intake_bad(intake, _("tiene %d celdas y debería tener %d"), n,
                                          intake->info.columns_n);
                return intake_bad(intake, _("tiene comillas mal puestas"));
        }
}

/* ---- The first line ---- */

/* The separator that splits the line most often, outside quotes. */
static char find_separator(const char *line, int *ret_times)
{
        static const char candidates[] = {';', ',', '\t'};
        int times[sizeof candidates] = {0}, best = 0;
        bool quoted = false;
        for (const char *p = line; *p; p++) {
                quoted = quoted != (*p == '"');
                const char *at = quoted ? NULL : memchr(candidates, *p, sizeof candidates);
                if (at)
                        times[at - candidates]++;
        }
        for (int i = 1; i < (int)sizeof candidates; i++)
                if (times[i] > times[best])
                        best = i;
        *ret_times = times[best];
        return candidates[best];
}

/* A mark of UTF-8, and the line "sep=;" that Excel understands. */
static void skip_preamble(struct intake *intake)
{
        struct str line = STR_INIT;
        bool cut;
        lines_seek(&intake->lines, 0);
        if (lines_next(&intake->lines, &line, &cut)) {
                const char *text = line.text;
                bool mark = str_starts(text, "\xEF\xBB\xBF");
                if (strncmp(text + (mark ? 3 : 0), "sep=", 4) == 0)
                        intake->line++;
                else
                        lines_seek(&intake->lines, mark ? 3 : 0);
        }
        str_release(&line);
}

static enum err_code csv_open(struct intake *intake, struct err *err)
{
        struct str header = STR_INIT;
        bool cut;
        int times = 0, n = 0;
        int64_t second;
        intake->lines.file = intake->file;
        intake->line = 1;
        skip_preamble(intake);
        int64_t start = intake->lines.offset;
        if (lines_next(&intake->lines, &header, &cut) && !cut)
                intake->info.separator = find_separator(header.text, &times);
        str_release(&header);
        lines_seek(&intake->lines, start);
        if (times == 0 || read_row(intake, &n, &second) != READ_ROW)
                return err_set(err, ERR_INVALID,
                               _("la primera línea no nombra columnas separadas por «;», «,» o tabulador"));
        if (n > INTAKE_COLUMNS_MAX)
                return err_set(err, ERR_LIMIT, _("dice tener %d columnas; un padrón no pasa de %d"), n,
                               INTAKE_COLUMNS_MAX);
        for (int i = 0; i < n; i++)
                intake->cells[i].bytes =
                        arena_strndup(&intake->arena, intake->cells[i].bytes, intake->cells[i].len);
        intake->info.columns_n = n;
        intake->info.rows = -1;
        intake->data_offset = intake->lines.offset;
        intake->first_line = intake->line;
        return ERR_OK;
}

static void csv_rewind(struct intake *intake)
{
        lines_seek(&intake->lines, intake->data_offset);
        intake->line = intake->first_line;
}

static int csv_percent(const struct intake *intake)
{
        return intake->size ? (int)(100 * intake->lines.offset / intake->size) : 100;
}

static void csv_close(struct intake *intake)
{
        (void)intake;
}

const struct reader reader_csv = {.kind = "CSV",
                                  .fallback = "CP1252",
                                  .open = csv_open,
                                  .next = csv_next,
                                  .rewind = csv_rewind,
                                  .percent = csv_percent,
                                  .close = csv_close};
