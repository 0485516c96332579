/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Canonical JSON writing and strict reading over jansson (contract in base/json.h). */
#include "base/json.h"
#include "json_quick.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void write_string(struct str *out, const char *text, size_t len)
{
        str_addc(out, '"');
        size_t start = 0;
        for (size_t i = 0; (i += json_plain_run(text + i, len - i)) < len; i++) {
                unsigned char c = (unsigned char)text[i];
                str_addn(out, text + start, i - start);
                start = i + 1;
                switch (c) {
                case '"': str_add(out, "\\\""); break;
                case '\\': str_add(out, "\\\\"); break;
                case '\n': str_add(out, "\\n"); break;
                case '\t': str_add(out, "\\t"); break;
                case '\r': str_add(out, "\\r"); break;
                default: str_addf(out, "\\u%04x", c);
                }
        }
        str_addn(out, text + start, len - start);
        str_addc(out, '"');
}

static void write_real(struct str *out, double number)
{
        char text[40];
        if (number == 0)
                number = 0; /* "-0" would be read back as the integer 0 */
        for (int digits = 15; digits <= 17; digits++) {
                snprintf(text, sizeof text, "%.*g", digits, number);
                if (strtod(text, NULL) == number)
                        break;
        }
        str_add(out, text);
}

static void write_object(struct str *out, const json_t *object)
{
        const char *key;
        json_t *item;
        bool first = true;
        str_addc(out, '{');
        json_object_foreach((json_t *)(uintptr_t)object, key, item) {
                if (!first)
                        str_addc(out, ',');
                first = false;
                write_string(out, key, strlen(key));
                str_addc(out, ':');
                json_write(out, item);
        }
        str_addc(out, '}');
}

void json_write(struct str *out, const json_t *value)
{
        switch (json_typeof(value)) {
        case JSON_OBJECT:
                write_object(out, value);
                break;
        case JSON_ARRAY:
                str_addc(out, '[');
                for (size_t i = 0; i < json_array_size(value); i++) {
                        if (i)
                                str_addc(out, ',');
                        json_write(out, json_array_get(value, i));
                }
                str_addc(out, ']');
                break;
        case JSON_STRING:
                write_string(out, json_string_value(value), json_string_length(value));
                break;
        case JSON_INTEGER:
                str_addf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
                break;
        case JSON_REAL:
                write_real(out, json_real_value(value));
                break;
        case JSON_TRUE: str_add(out, "true"); break;
        case JSON_FALSE: str_add(out, "false"); break;
        case JSON_NULL: str_add(out, "null"); break;
        }
}

/* What jansson found, in words for a person. */
static const char *mistake(const json_error_t *problem)
{
        switch (json_error_code(problem)) {
        case json_error_premature_end_of_input: return _("termina antes de tiempo");
        case json_error_end_of_input_expected: return _("sobra texto al final");
        case json_error_invalid_utf8: return _("hay un carácter dañado; guárdelo en UTF-8");
        case json_error_duplicate_key: return _("un nombre está dos veces en el mismo objeto");
        case json_error_numeric_overflow: return _("un número es demasiado grande");
        case json_error_stack_overflow: return _("hay demasiados niveles");
        case json_error_null_character: case json_error_null_byte_in_key: return _("hay un carácter nulo");
        default: return _("falta o sobra un signo");
        }
}

enum err_code json_read(const char *text, size_t len, const char *what, json_t **ret, struct err *err)
{
        json_error_t problem;
        json_t *quick = json_quick(text, len);
        if (quick) {
                *ret = quick;
                return ERR_OK;
        }
        json_t *value = json_loadb(text, len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &problem);
        if (!value)
                return err_set_at(err, ERR_INVALID, problem.line, problem.column,
                                  _("%s:%d:%d: no es JSON válido: %s"), what, problem.line,
                                  problem.column, mistake(&problem));
        *ret = value;
        return ERR_OK;
}
