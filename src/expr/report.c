/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A value as one line (contract in expr/report.h). */
#include "expr/report.h"

#include <string.h>

static void add_one_line(struct str *out, const char *text)
{
        while (*text) {
                size_t n = strcspn(text, "\r\n");
                str_addn(out, text, n);
                text += n;
                if (*text)
                        str_add(out, *text++ == '\n' ? "\\n" : "\\r");
        }
}

static void report_items(struct str *out, const struct value *sequence, struct arena *arena)
{
        str_add(out, " [");
        for (int i = 0; i < sequence->count; i++) {
                if (i > 0)
                        str_add(out, ", ");
                expr_report(out, &sequence->items[i], arena);
        }
        str_addc(out, ']');
}

void expr_report(struct str *out, const struct value *value, struct arena *arena)
{
        str_add(out, value_kind_word(value->kind));
        if (value->kind == VALUE_SEQUENCE) {
                report_items(out, value, arena);
        } else if (value->kind != VALUE_EMPTY) {
                str_addc(out, ' ');
                add_one_line(out, value_to_string(value, arena));
        }
}
