/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bars, sparklines and their plain form (contract in base/chart.h). */
#include "base/chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/mem.h"
#include "base/utf8.h"

enum { EIGHTHS = 8 };

const char *chart_bar_sign(double share, int cols, int at)
{
        static const char *const eighths[EIGHTHS] = {"·", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
        int full = !(share > 0) ? 0 : share >= 1 ? cols * EIGHTHS : (int)(share * cols * EIGHTHS + 0.5);
        int here = full - at * EIGHTHS;
        return here >= EIGHTHS ? "█" : eighths[here > 0 ? here : 0];
}

void chart_bar(struct str *out, double share, int cols)
{
        for (int i = 0; i < cols; i++)
                str_add(out, chart_bar_sign(share, cols, i));
}

/* ---- Sparklines ---- */

static void find_extremes(const double *values, int n, double *ret_low, double *ret_high)
{
        *ret_low = INFINITY;
        *ret_high = -INFINITY;
        for (int i = 0; i < n; i++)
                if (isfinite(values[i])) {
                        *ret_low = fmin(*ret_low, values[i]);
                        *ret_high = fmax(*ret_high, values[i]);
                }
}

static const char *spark_sign(double value, double low, double high)
{
        static const char *const levels[EIGHTHS] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
        if (!isfinite(value))
                return "·";
        if (!(high > low)) /* all the same */
                return levels[EIGHTHS / 2 - 1];
        double share = (value - low) / (high - low);
        int level = share <= 0 ? 0 : share >= 1 ? EIGHTHS - 1 : (int)(share * EIGHTHS);
        return levels[level];
}

void chart_spark(struct str *out, const double *values, int n, double low, double high)
{
        if (!(high > low))
                find_extremes(values, n, &low, &high);
        for (int i = 0; i < n; i++)
                str_add(out, spark_sign(values[i], low, high));
}

/* ---- Plain signs ---- */

static const struct { const char *sign, *plain; } plain_signs[] = {
        {"█", "#"}, {"▉", "+"}, {"▊", "+"}, {"▋", "+"}, {"▌", "+"}, {"▍", "."}, {"▎", "."}, {"▏", "."}, /* bars */
        {"▁", "_"}, {"▂", ","}, {"▃", ":"}, {"▄", "-"}, {"▅", "="}, {"▆", "+"}, {"▇", "*"},             /* sparklines */
        {"·", "."}, {"±", "+"}, {"•", "o"}, {"✓", "*"}, {"▸", ">"}, {"▲", "^"}, {"▼", "v"}, {"↑", "^"}, {"↓", "v"}, {"→", ">"},
        {"←", "<"}, {"›", ">"}, {"‹", "<"}, {"—", "-"}, {"–", "-"}, {"…", "~"}, {"«", "\""}, {"»", "\""}, {"≥", ">"},
        {"≤", "<"}, {"≠", "#"}, {"×", "x"}, {"°", "o"}, {"´", "'"}, {"’", "'"}, {"“", "\""}, {"”", "\""}, {"−", "-"}, {" ", " "},
        {"¿", "¿"}, {"¡", "¡"}, {"─", "-"}, {"━", "-"}, {"│", "|"}, {"┃", "|"}, {"┌", "+"}, {"┐", "+"}, {"└", "+"}, {"┘", "+"},
        {"├", "+"}, {"┤", "+"}, {"┬", "+"}, {"┴", "+"}, {"┼", "+"}, {"╭", "+"}, {"╮", "+"}, {"╰", "+"}, {"╯", "+"},
        {"º", "o"}, {"ª", "a"},
};

static bool is_letter(uint32_t code)
{
        utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code);
        return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LM;
}

const char *chart_ascii(const char *cluster)
{
        uint32_t code;
        utf8_decode(cluster, &code);
        if (code < 0x80)
                return cluster;
        for (size_t i = 0; i < ARRAY_LEN(plain_signs); i++)
                if (strcmp(plain_signs[i].sign, cluster) == 0)
                        return plain_signs[i].plain;
        if (is_letter(code) && utf8_width(cluster) == 1)
                return cluster;
        return utf8_width(cluster) == 2 ? "??" : "?";
}

bool chart_ascii_wanted(void)
{
        const char *wanted = getenv("SIMAE_ASCII");
        return wanted && *wanted && strcmp(wanted, "0") != 0;
}
