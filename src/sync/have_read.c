/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading have.ndjson.zst (contract in have.h): frames of zstd one after
 * another, unpacked through a small buffer, so that its size does not matter.
 */
#include <stdlib.h>
#include <string.h>

#include "damage.h"
#include "have.h"
#include "limits.h"

void have_reader_begin(struct have_reader *have)
{
        ZSTD_DStream *stream = have->stream ? have->stream : ZSTD_createDStream();
        if (!stream)
                abort();
        ZSTD_DCtx_reset(stream, ZSTD_reset_session_and_parameters);
        ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, BUNDLE_WINDOW_LOG);
        *have = (struct have_reader){.stream = stream, .at_frame_end = true};
}

void have_reader_release(struct have_reader *have)
{
        ZSTD_freeDStream(have->stream);
        have->stream = NULL;
}

/* "<hash>" and line end, exactly as it is written. */
static bool parse_line(const char line[HAVE_LINE], struct hash *ret)
{
        char hex[HASH_TEXT], again[HASH_TEXT];
        memcpy(hex, line + 1, HASH_TEXT - 1);
        hex[HASH_TEXT - 1] = '\0';
        return line[0] == '"' && memcmp(line + HASH_TEXT, "\"\n", 2) == 0 && hash_parse(hex, ret) &&
               strcmp(hash_format(ret, again), hex) == 0;
}

static enum err_code take_plain(struct have_reader *have, const char *plain, size_t len, have_each *each, void *ctx,
                                struct err *err)
{
        struct hash id;
        enum err_code rc = ERR_OK;
        have->plain += len;
        while (rc == ERR_OK && len > 0) {
                size_t n = HAVE_LINE - have->line_n;
                n = n < len ? n : len;
                memcpy(have->line + have->line_n, plain, n);
                have->line_n += n;
                plain += n;
                len -= n;
                if (have->line_n < HAVE_LINE)
                        break;
                have->line_n = 0;
                rc = parse_line(have->line, &id) ? each(ctx, &id, err) : damaged(err, HAVE_NAME);
        }
        return rc;
}

enum err_code have_reader_put(struct have_reader *have, const void *packed, size_t len, have_each *each, void *ctx,
                              struct err *err)
{
        char plain[65536];
        ZSTD_inBuffer in = {packed, len, 0};
        ZSTD_outBuffer out = {plain, sizeof plain, sizeof plain};
        /* A full buffer may mean that there is more, even with nothing left to put in. */
        while (in.pos < in.size || (out.pos == out.size && !have->at_frame_end)) {
                out.pos = 0;
                size_t left = ZSTD_decompressStream(have->stream, &out, &in);
                if (ZSTD_isError(left))
                        return damaged(err, HAVE_NAME);
                have->at_frame_end = left == 0;
                enum err_code rc = take_plain(have, plain, out.pos, each, ctx, err);
                if (rc != ERR_OK)
                        return rc;
        }
        return ERR_OK;
}

enum err_code have_reader_end(const struct have_reader *have, struct err *err)
{
        return have->at_frame_end && have->line_n == 0 ? ERR_OK : damaged(err, HAVE_NAME);
}
