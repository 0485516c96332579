/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The writers of figures, and numbers as people read them in Peru (contract in export/figures.h). */
#include <errno.h>
#include <math.h>
#include <string.h>

#include "base/str.h"
#include "export_priv.h"
#include "figures_priv.h"

#define FIGURES_FORMAT(symbol, name, ending, binary, about) \
        enum err_code figures_write_##symbol(const struct figures *figures, FILE *out, struct err *err);
#include "export/figures_formats.def"
#undef FIGURES_FORMAT

static const struct figures_format formats[] = {
#define FIGURES_FORMAT(symbol, name, ending, binary, about) {name, ending, _(about), binary, figures_write_##symbol},
#include "export/figures_formats.def"
#undef FIGURES_FORMAT
};

const struct figures_format *figures_format_find(const char *name)
{
        for (size_t i = 0; i < ARRAY_LEN(formats); i++)
                if (strcmp(formats[i].name, name) == 0)
                        return &formats[i];
        return NULL;
}

void figures_release(struct figures *figures)
{
        arena_release(&figures->arena);
        *figures = (struct figures){0};
}

enum err_code figures_write(const struct figures *figures, const struct figures_format *format, FILE *out, struct err *err)
{
        errno = 0;
        enum err_code rc = format->write(figures, out, err);
        if (rc == ERR_OK && (ferror(out) || fflush(out)))
                rc = err_set_errno(err, errno ? errno : EIO, _("no se pudo escribir «%s»"), figures->title);
        return rc;
}

struct job { const struct figures *figures; const struct figures_format *format; };

static enum err_code write_job(void *ctx, FILE *out, struct err *err)
{
        const struct job *job = ctx;
        return figures_write(job->figures, job->format, out, err);
}

enum err_code figures_to_file(const struct figures *figures, const struct figures_format *format, const char *path,
                              struct err *err)
{
        struct job job = {figures, format};
        return export_whole_file(path, write_job, &job, err);
}

/* ---- Numbers ---- */

/* A comma before every third digit of the whole part. */
static void add_thousands(const char *plain, char out[FIGURE_TEXT])
{
        size_t digits = strspn(plain, "0123456789"), n = 0;
        for (size_t i = 0; i < digits && n < FIGURE_TEXT - 2; i++) {
                if (i && (digits - i) % 3 == 0)
                        out[n++] = ',';
                out[n++] = plain[i];
        }
        snprintf(out + n, FIGURE_TEXT - n, "%s", plain + digits);
}

char *figure_number(double value, int decimals, bool fixed, char out[FIGURE_TEXT])
{
        char plain[FIGURE_TEXT], *end;
        snprintf(plain, sizeof plain, "%.*f", decimals, fabs(value));
        for (end = plain + strlen(plain); !fixed && decimals && end[-1] == '0'; end--)
                end[-1] = '\0';
        if (!fixed && decimals && end[-1] == '.')
                end[-1] = '\0';
        bool minus = value < 0 && strspn(plain, "0.") < strlen(plain);
        out[0] = '-';
        add_thousands(plain, minus ? out + 1 : out);
        return out;
}

/* Money has its sign before it. */
static char *with_sign(const char *number, const char *sign, char out[FIGURE_TEXT])
{
        char copy[FIGURE_TEXT];
        bool before = strcmp(sign, "S/") == 0;
        snprintf(copy, sizeof copy, "%s", number);
        if (*sign && before)
                snprintf(out, FIGURE_TEXT, "%s\u00A0%.40s", sign, copy);
        else
                snprintf(out, FIGURE_TEXT, "%.40s%s%s", copy, *sign ? "\u00A0" : "", sign);
        return out;
}

char *figure_value(const struct figure *figure, double value, char out[FIGURE_TEXT])
{
        return with_sign(figure_number(value, figure->ratio ? 1 : 2, figure->ratio, out), figure->sign, out);
}

char *figure_difference(const struct figure *figure, double value, char out[FIGURE_TEXT])
{
        char number[FIGURE_TEXT];
        figure_number(value, figure->ratio ? 1 : 2, figure->ratio, number);
        snprintf(out, FIGURE_TEXT, "%s%.36s%s", value > 0 ? "+" : "", number, figure->percent ? _(" puntos") : "");
        return out;
}

char *figure_base_value(const struct figure_base *base, char out[FIGURE_TEXT])
{
        return with_sign(figure_number(base->value, 2, false, out), base->sign, out);
}

char *figure_cell_text(const struct figure *figure, const struct figure_cell *cell, char out[FIGURE_TEXT])
{
        if (cell->state == FIGURE_TOLD)
                return figure_value(figure, cell->value, out);
        snprintf(out, FIGURE_TEXT, "%s", cell->state == FIGURE_HIDDEN ? _("muy pocos") : _("sin datos"));
        return out;
}

/* ---- Parts of figures ---- */

const struct figure_cell *figure_now(const struct figures *figures, const struct figure *figure)
{
        return &figure->periods[figures->periods_n - 1];
}

const struct figure_cell *figure_group(const struct figures *figures, const struct figure *figure, int group, int period)
{
        return &figure->groups[group * figures->periods_n + period];
}

const struct figure_base *figure_drawn_base(const struct figure *figure)
{
        for (int i = 0; i < figure->bases_n; i++)
                if (!*figure->bases[i].part && strcmp(figure->bases[i].sign, figure->sign) == 0)
                        return &figure->bases[i];
        return NULL;
}

bool figure_says_something(const struct figures *figures, const struct figure *figure)
{
        bool says = figure->bases_n > 0 || figure->parts_n > 0;
        for (int p = 0; p < figures->periods_n && !says; p++)
                says = figure->periods[p].state != FIGURE_NOTHING;
        return says;
}
