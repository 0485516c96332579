/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines out of a file in blocks: a file that is one endless line costs no more memory than any other. */
#include <string.h>

#include "intake_priv.h"

void lines_seek(struct lines *lines, int64_t offset)
{
        clearerr(lines->file);
        lines->at = lines->n = 0;
        lines->offset = offset;
        lines->failed = fseeko(lines->file, (off_t)offset, SEEK_SET) != 0;
}

static bool fill(struct lines *lines)
{
        if (lines->at < lines->n)
                return true;
        lines->at = 0;
        lines->n = lines->failed ? 0 : fread(lines->block, 1, sizeof lines->block, lines->file);
        lines->failed = lines->failed || ferror(lines->file);
        return lines->n > 0;
}

static void keep(struct str *out, size_t start, const char *bytes, size_t n, bool *ret_cut)
{
        size_t room = INTAKE_ROW_MAX - (out->len - start);
        if (n > room)
                *ret_cut = true;
        str_addn(out, bytes, n > room ? room : n);
}

bool lines_next(struct lines *lines, struct str *out, bool *ret_cut)
{
        size_t start = out->len;
        bool ended = false;
        *ret_cut = false;
        if (!fill(lines))
                return false;
        while (!ended && fill(lines)) {
                const char *from = lines->block + lines->at;
                const char *end = memchr(from, '\n', lines->n - lines->at);
                size_t n = end ? (size_t)(end - from) : lines->n - lines->at;
                keep(out, start, from, n, ret_cut);
                ended = end != NULL;
                lines->at += n + ended;
                lines->offset += (int64_t)(n + ended);
        }
        if (out->len > start && out->text[out->len - 1] == '\r')
                str_splice(out, out->len - 1, 1, "", 0);
        return true;
}
