/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The numbers of a row of facts, packed: for each contribution six varints
 * (seven bits a byte, lowest first): indicator, flags, by, num, den, partial.
 * A number is zigzag; its lowest bit says that it is in units (0) or in
 * millionths (1), so that the frequent 0 and 1 take a byte.  ITEM_DAY among the
 * flags: after them, how many days later than the row's it is, zigzag.
 */
#include <stdlib.h>

#include "facts_priv.h"

enum { ITEM_DAY = 1 << 15 }; /* beyond enum fact_flags */

void entries_add(struct entries *entries, const struct entry *entry)
{
        if (entries->n == entries->room) {
                entries->room = entries->room ? 2 * entries->room : 64;
                entries->items = xrealloc(entries->items, (size_t)entries->room * sizeof *entries->items);
        }
        entries->items[entries->n++] = *entry;
}

void entries_release(struct entries *entries)
{
        free(entries->items);
        *entries = (struct entries){0};
}

static void put(struct str *out, uint64_t value)
{
        for (; value >= 0x80; value >>= 7)
                str_addc(out, (char)(value | 0x80));
        str_addc(out, (char)value);
}

static uint64_t zigzag(int64_t value)
{
        return ((uint64_t)value << 1) ^ (uint64_t)(value >> 63);
}

static int64_t unzigzag(uint64_t coded)
{
        return (int64_t)(coded >> 1) ^ -(int64_t)(coded & 1);
}

static void put_number(struct str *out, int64_t value)
{
        bool whole = value % FACT_UNIT == 0;
        put(out, zigzag(whole ? value / FACT_UNIT : value) << 1 | !whole);
}

struct bytes { const unsigned char *at, *end; bool short_of; };

static uint64_t take(struct bytes *bytes)
{
        uint64_t value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
                if (bytes->at == bytes->end)
                        break;
                unsigned char byte = *bytes->at++;
                value |= (uint64_t)(byte & 0x7F) << shift;
                if (byte < 0x80)
                        return value;
        }
        bytes->short_of = true;
        return 0;
}

static int64_t take_number(struct bytes *bytes)
{
        uint64_t coded = take(bytes);
        int64_t value = unzigzag(coded >> 1);
        return coded & 1 ? value : value * FACT_UNIT;
}

void items_pack(const struct entry *entries, int n, struct str *out)
{
        str_clear(out);
        for (int i = 0; i < n; i++) {
                put(out, (uint64_t)entries[i].indicator);
                put(out, entries[i].flags | (entries[i].day != entries[0].day ? ITEM_DAY : 0u));
                if (entries[i].day != entries[0].day)
                        put(out, zigzag(entries[i].day - entries[0].day));
                put(out, (uint64_t)entries[i].by);
                put_number(out, entries[i].num);
                put_number(out, entries[i].den);
                put_number(out, entries[i].partial);
        }
}

void items_unpack(const struct entry *row, const unsigned char *bytes, size_t len, struct entries *out)
{
        struct bytes in = {.at = bytes, .end = bytes + len};
        for (int at = 0; in.at < in.end; at++) {
                struct entry entry = *row;
                entry.at = at;
                entry.indicator = (int64_t)take(&in);
                entry.flags = (unsigned)take(&in);
                if (entry.flags & ITEM_DAY)
                        entry.day += unzigzag(take(&in));
                entry.flags &= ~(unsigned)ITEM_DAY;
                entry.by = (int64_t)take(&in);
                entry.num = take_number(&in);
                entry.den = take_number(&in);
                entry.partial = take_number(&in);
                if (in.short_of)
                        return;
                entries_add(out, &entry);
        }
}

void entries_row(struct entries *entries, struct sql *q)
{
        struct entry row = {.record = sql_read_int(q, 0), .seq = sql_read_int(q, 1), .who = sql_read_int(q, 2),
                            .day = sql_read_int(q, 3), .stamp = sql_read_int(q, 4), .tie = sql_read_int(q, 5),
                            .place = sql_read_int(q, 6), .waits = sql_read_int(q, 7)};
        const unsigned char *bytes = sqlite3_column_blob(q->stmt, 8);
        items_unpack(&row, bytes, (size_t)sqlite3_column_bytes(q->stmt, 8), entries);
}
