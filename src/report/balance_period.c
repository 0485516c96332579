/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes of periods: which there are, and which comes before (contract in report/balance.h). */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "report/balance.h"

const char *balance_quarter(int64_t day, struct arena *arena)
{
        struct civil civil = date_to_civil(day);
        return arena_printf(arena, "%04d-T%d", civil.year, (civil.month + 2) / 3);
}

/* "2026" and "2026-T1"; quarter 0: a year. */
static bool read_code(const char *code, int *ret_year, int *ret_quarter)
{
        size_t len = strlen(code);
        if (len < 4 || strspn(code, "0123456789") != 4)
                return false;
        *ret_year = (code[0] - '0') * 1000 + (code[1] - '0') * 100 + (code[2] - '0') * 10 + code[3] - '0';
        *ret_quarter = len == 7 && code[4] == '-' && code[5] == 'T' ? code[6] - '0' : 0;
        return len == 4 || (*ret_quarter >= 1 && *ret_quarter <= 4);
}

static enum err_code block_at(struct store *store, const char *code, struct arena *arena, struct fact_block **ret,
                              int *ret_at, struct err *err)
{
        int n;
        enum err_code rc = store_facts_blocks(store, arena, ret, &n, err);
        *ret_at = -1;
        for (int i = 0; rc == ERR_OK && i < n; i++)
                if (strcmp((*ret)[i].code, code) == 0)
                        *ret_at = i;
        return rc;
}

enum err_code balance_before(struct store *store, const char *period, struct arena *arena, const char **ret,
                             struct err *err)
{
        struct fact_block *blocks;
        int year, quarter, at;
        *ret = NULL;
        if (read_code(period, &year, &quarter)) {
                if (quarter == 0)
                        *ret = arena_printf(arena, "%04d", year - 1);
                else
                        *ret = arena_printf(arena, "%04d-T%d", quarter > 1 ? year : year - 1, quarter > 1 ? quarter - 1 : 4);
                return ERR_OK;
        }
        enum err_code rc = block_at(store, period, arena, &blocks, &at, err);
        if (rc == ERR_OK && at > 0)
                *ret = blocks[at - 1].code;
        return rc;
}

enum err_code balance_is_period(struct store *store, const char *period, bool *ret, struct err *err)
{
        struct arena arena = {0};
        struct fact_block *blocks;
        int year, quarter, at = -1;
        bool plain = read_code(period, &year, &quarter);
        enum err_code rc = plain ? ERR_OK : block_at(store, period, &arena, &blocks, &at, err);
        arena_release(&arena);
        *ret = plain || at >= 0;
        return rc;
}
