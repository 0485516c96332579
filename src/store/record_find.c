/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A record is found by what a person writes.  A readable code is the first 35
 * bits of an id, so finding by code and by the beginning of an id are both a
 * range of ids.
 */
#include <string.h>

#include "store_priv.h"

enum { PREFIX_MIN = 6 };

struct id_range {
        struct id low, high;
};

/* The ids that begin with these hexadecimal digits; false if `text` is not such a beginning. */
static bool range_of_hex(const char *text, struct id_range *ret)
{
        char low[ID_TEXT], high[ID_TEXT];
        size_t len = strlen(text);
        if (len < PREFIX_MIN || len >= ID_TEXT || strspn(text, "0123456789abcdefABCDEF") != len)
                return false;
        memset(low, '0', ID_TEXT - 1);
        memset(high, 'f', ID_TEXT - 1);
        low[ID_TEXT - 1] = high[ID_TEXT - 1] = '\0';
        memcpy(low, text, len);
        memcpy(high, text, len);
        return id_parse(low, &ret->low) && id_parse(high, &ret->high);
}

/* The ids whose readable code is this one. */
static bool range_of_code(const char *text, struct id_range *ret)
{
        static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        char code[CODE_TEXT];
        uint64_t bits = 0;
        if (!id_code_check(text, code))
                return false;
        for (int i = 0; i < 7; i++)
                bits = bits << 5 | (uint64_t)(strchr(letters, code[i]) - letters);
        bits <<= 5; /* 35 bits stand at the top of five bytes */
        memset(ret->low.bytes, 0, ID_BYTES);
        memset(ret->high.bytes, 0xFF, ID_BYTES);
        for (int i = 4; i >= 0; i--, bits >>= 8) {
                ret->low.bytes[i] = (unsigned char)bits;
                ret->high.bytes[i] = (unsigned char)(bits | (i == 4 ? 31 : 0));
        }
        return true;
}

/* Adds to `found` the first two ids of a range that it does not hold. */
static enum err_code range_find(struct store *store, const struct id_range *range, struct id found[4], int *n,
                                struct err *err)
{
        struct sql q = sql_use(store, SQL_RECORD_BETWEEN);
        /* bound by hand: a range may begin with the id that means "none" */
        q.rc = q.rc ? q.rc : sqlite3_bind_blob(q.stmt, 1, range->low.bytes, ID_BYTES, SQLITE_STATIC);
        q.rc = q.rc ? q.rc : sqlite3_bind_blob(q.stmt, 2, range->high.bytes, ID_BYTES, SQLITE_STATIC);
        while (sql_next(&q)) {
                struct id id = sql_read_id(&q, 0);
                bool known = false;
                for (int i = 0; i < *n; i++)
                        known = known || id_equal(&found[i], &id);
                if (!known)
                        found[(*n)++] = id;
        }
        return sql_end(&q, err);
}

enum err_code store_record_find(struct store *store, const char *text, struct id *ret, struct err *err)
{
        struct id found[4];
        struct id_range range;
        int n = 0;
        enum err_code rc = ERR_OK;
        if (range_of_code(text, &range))
                rc = range_find(store, &range, found, &n, err);
        if (rc == ERR_OK && range_of_hex(text, &range))
                rc = range_find(store, &range, found, &n, err);
        if (rc != ERR_OK)
                return rc;
        if (n == 0)
                return err_set(err, ERR_NOT_FOUND,
                               _("No hay un registro «%s». Escriba su código de 8 letras, o al menos los "
                                 "6 primeros signos de su identificador."),
                               text);
        if (n > 1)
                return err_set(err, ERR_INVALID,
                               _("Hay varios registros que empiezan con «%s». Escriba más signos de su "
                                 "identificador."),
                               text);
        *ret = found[0];
        return ERR_OK;
}
