/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of attached files (contract in base/attached.h). */
#include "base/attached.h"

#include <stdio.h>
#include <string.h>

enum { HEX = HASH_TEXT - 1 };

static bool parse_hash(const char *text, struct hash *ret)
{
        char hex[HASH_TEXT], again[HASH_TEXT];
        if (memchr(text, '\0', HEX))
                return false;
        memcpy(hex, text, HEX);
        hex[HEX] = '\0';
        return hash_parse(hex, ret) && strcmp(hash_format(ret, again), hex) == 0;
}

bool attached_parse(const char *value, struct hash *ret, const char **ret_name)
{
        if (!value || !parse_hash(value, ret) || value[HEX] != '/' || !value[HEX + 1] || strchr(value + HEX + 1, '/'))
                return false;
        if (ret_name)
                *ret_name = value + HEX + 1;
        return true;
}

static bool is_plain(char c)
{
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

char *attached_file(const struct hash *hash, const char *name, char out[ATTACHED_FILE])
{
        char ending[ATTACHED_ENDING] = "";
        const char *dot = strrchr(name, '.');
        size_t n = 0;
        for (const char *c = dot ? dot + 1 : ""; *c && n < sizeof ending - 1; c++) {
                char lower = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
                if (is_plain(lower))
                        ending[n++] = lower;
        }
        hash_format(hash, out);
        snprintf(out + HEX, ATTACHED_FILE - HEX, ".%s", n ? ending : "bin");
        return out;
}

bool attached_is_file(const char *file, struct hash *ret)
{
        size_t len = strlen(file);
        if (len < HEX + 2 || len >= ATTACHED_FILE || file[HEX] != '.' || !parse_hash(file, ret))
                return false;
        for (const char *c = file + HEX + 1; *c; c++)
                if (!is_plain(*c))
                        return false;
        return true;
}
