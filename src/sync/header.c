/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The header of a bundle (contract in header.h).  The text fields are one
 * table for both directions; everything that comes out of header_read() may be
 * printed on a terminal as it is.
 */
#include "header.h"

#include <string.h>

#include "base/date.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "damage.h"
#include "limits.h"
#include "sync/minisign.h"

/* `key` is the last: bundles of the first format had none. */
static const struct {
        const char *key;
        size_t at, room;
} texts[] = {
#define TEXT(field) {#field, offsetof(struct bundle_info, field), sizeof((struct bundle_info *)0)->field}
        TEXT(bundle), TEXT(from), TEXT(to), TEXT(when), TEXT(program), TEXT(key),
#undef TEXT
};

/* Those that may be absent. */
static const struct {
        const char *key;
        size_t at, room;
} extras[] = {
#define TEXT(field) {#field, offsetof(struct bundle_info, field), sizeof((struct bundle_info *)0)->field}
        TEXT(opens), TEXT(ugel),
#undef TEXT
};

static bool is_printable(const char *text)
{
        uint32_t code;
        for (size_t n; (n = utf8_decode(text, &code)) > 0; text += n)
                if (code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0xfffd)
                        return false;
        return true;
}

static bool is_lower_id(const char *text)
{
        struct id id;
        char again[ID_TEXT];
        return id_parse(text, &id) && strcmp(id_format(&id, again), text) == 0;
}

/* What the second format brought. */
static bool signature_valid(const struct bundle_info *info)
{
        struct sign_public key;
        if (info->format == BUNDLE_FORMAT_PLAIN)
                return true;
        return sign_public_parse(info->key, &key, NULL) == ERR_OK && info->have >= 0 && info->files >= 0 && info->to[0] &&
               !strchr(info->to, ' ');
}

static bool extras_valid(const struct bundle_info *info)
{
        struct age_recipient recipient;
        return (!info->opens[0] || age_recipient_parse(info->opens, &recipient, NULL) == ERR_OK) && is_printable(info->ugel);
}

static bool info_valid(const struct bundle_info *info)
{
        struct datetime when;
        if (!signature_valid(info) || !extras_valid(info))
                return false;
        if (!is_lower_id(info->bundle) || !is_lower_id(info->from))
                return false;
        if (!datetime_parse(info->when, 0, &when) || !is_printable(info->to) || !is_printable(info->program))
                return false;
        return info->number >= 0 && info->forms >= 0 && info->records >= 0 &&
               info->records <= info->revisions;
}

/* ---- Whom it is for ---- */

void header_add_recipients(const struct age_recipient *recipients, int n, struct str *out)
{
        char text[AGE_RECIPIENT_TEXT];
        for (int i = 0; i < n; i++) {
                age_recipient_text(&recipients[i], text);
                str_addf(out, "%s%s", i ? "," : "", text);
        }
}

bool header_is_for(const struct bundle_info *info, const struct age_recipient *recipient)
{
        char text[AGE_RECIPIENT_TEXT];
        age_recipient_text(recipient, text);
        for (const char *at = info->to; (at = strstr(at, text)); at++) {
                char after = at[strlen(text)];
                if ((at == info->to || at[-1] == ',') && (after == ',' || after == '\0'))
                        return true;
        }
        return false;
}

void header_trusted_comment(const struct bundle_info *info, struct str *out)
{
        str_addf(out, "simae/%d from=%s to=%s bundle=%s", info->format, info->from, info->to, info->bundle);
}

/* ---- As JSON ---- */

enum err_code header_write(const struct bundle_info *info, struct str *out, struct err *err)
{
        if (!info_valid(info))
                return err_set(
                        err, ERR_INVALID,
                        _("los datos del paquete (identificador, equipo, destino, fecha o cantidades) no son "
                          "válidos; avise a quien mantiene simae"));
        json_t *root = json_object();
        json_object_set_new(root, "format", json_integer(info->format));
        for (size_t i = 0; i < ARRAY_LEN(texts); i++)
                json_object_set_new(root, texts[i].key, json_string((const char *)info + texts[i].at));
        for (size_t i = 0; i < ARRAY_LEN(extras); i++)
                if (((const char *)info)[extras[i].at])
                        json_object_set_new(root, extras[i].key, json_string((const char *)info + extras[i].at));
        json_object_set_new(root, "clock", json_boolean(info->clock_ok));
        json_object_set_new(root, "number", json_integer(info->number));
        json_t *counts = json_object();
        json_object_set_new(counts, "revisions", json_integer(info->revisions));
        json_object_set_new(counts, "records", json_integer(info->records));
        json_object_set_new(counts, "forms", json_integer(info->forms));
        json_object_set_new(counts, "have", json_integer(info->have));
        json_object_set_new(counts, "files", json_integer(info->files));
        json_object_set_new(root, "counts", counts);
        json_write(out, root);
        str_addc(out, '\n');
        json_decref(root);
        return ERR_OK;
}

static bool take_text(const json_t *root, const char *key, char *out, size_t room)
{
        const json_t *value = json_object_get(root, key);
        if (!json_is_string(value) || json_string_length(value) >= room)
                return false;
        memcpy(out, json_string_value(value), json_string_length(value) + 1);
        return true;
}

static bool take_number(const json_t *object, const char *key, int64_t *ret)
{
        const json_t *value = json_object_get(object, key);
        *ret = json_integer_value(value);
        return json_is_integer(value);
}

static bool take_info(const json_t *root, struct bundle_info *info)
{
        const json_t *counts = json_object_get(root, "counts"), *clock = json_object_get(root, "clock");
        size_t texts_n = ARRAY_LEN(texts) - (info->format == BUNDLE_FORMAT_PLAIN);
        for (size_t i = 0; i < texts_n; i++)
                if (!take_text(root, texts[i].key, (char *)info + texts[i].at, texts[i].room))
                        return false;
        for (size_t i = 0; i < ARRAY_LEN(extras); i++)
                if (json_object_get(root, extras[i].key) &&
                    !take_text(root, extras[i].key, (char *)info + extras[i].at, extras[i].room))
                        return false;
        info->clock_ok = json_is_true(clock);
        return json_is_boolean(clock) && take_number(root, "number", &info->number) &&
               take_number(counts, "revisions", &info->revisions) &&
               take_number(counts, "records", &info->records) && take_number(counts, "forms", &info->forms) &&
               (info->format == BUNDLE_FORMAT_PLAIN || take_number(counts, "have", &info->have)) &&
               (info->format == BUNDLE_FORMAT_PLAIN || !json_object_get(counts, "files") ||
                take_number(counts, "files", &info->files)) &&
               info_valid(info);
}

enum err_code header_read(const char *text, size_t len, struct bundle_info *ret, struct err *err)
{
        struct bundle_info info = {0};
        json_t *root;
        int64_t format;
        enum err_code rc = ERR_OK;
        if (json_read(text, len, "header.json", &root, NULL) != ERR_OK)
                return damaged(err, "header.json");
        if (!take_number(root, "format", &format) || format < 1)
                rc = damaged(err, "header.json");
        else if (format > BUNDLE_FORMAT)
                rc = err_set(err, ERR_NEWER,
                             _("el paquete lo hizo una versión más nueva de simae; actualice simae "
                               "en este equipo y ábralo otra vez"));
        info.format = (int)format;
        if (rc == ERR_OK && !take_info(root, &info))
                rc = damaged(err, "header.json");
        json_decref(root);
        if (rc == ERR_OK)
                *ret = info;
        return rc;
}
