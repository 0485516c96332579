/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * zstd frames (contract in zst.h).  A frame's header is read here before
 * libzstd sees it: what it declares decides only whether to go on, and the
 * output buffer is what `plain_max` allows at most.
 */
#include "zst.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "damage.h"
#include "limits.h"

/* Of the fast strategy; why these, in zst.h. */
enum { LEVEL = 3, WINDOW_LOG = 22, HASH_LOG = 17, MIN_MATCH = 7 };

void zst_init(struct zst *zst)
{
        *zst = (struct zst){0};
}

void zst_release(struct zst *zst)
{
        ZSTD_freeCCtx(zst->pack);
        ZSTD_freeDCtx(zst->unpack);
        free(zst->bytes);
        zst_init(zst);
}

static void make_room(struct zst *zst, size_t len)
{
        if (len + 1 <= zst->room)
                return;
        free(zst->bytes); /* its contents are not wanted any more, so no realloc */
        zst->bytes = xmalloc(len + 1);
        zst->room = len + 1;
}

static ZSTD_CCtx *new_packer(void)
{
        ZSTD_CCtx *pack = ZSTD_createCCtx();
        if (!pack)
                abort();
        ZSTD_CCtx_setParameter(pack, ZSTD_c_compressionLevel, LEVEL); /* what is not said below */
        ZSTD_CCtx_setParameter(pack, ZSTD_c_strategy, ZSTD_fast);
        ZSTD_CCtx_setParameter(pack, ZSTD_c_windowLog, WINDOW_LOG);
        ZSTD_CCtx_setParameter(pack, ZSTD_c_hashLog, HASH_LOG);
        ZSTD_CCtx_setParameter(pack, ZSTD_c_minMatch, MIN_MATCH);
        ZSTD_CCtx_setParameter(pack, ZSTD_c_contentSizeFlag, 1);
        ZSTD_CCtx_setParameter(pack, ZSTD_c_checksumFlag, 1);
        return pack;
}

void zst_pack(struct zst *zst, const void *plain, size_t len)
{
        if (!zst->pack)
                zst->pack = new_packer();
        make_room(zst, ZSTD_compressBound(len));
        zst->len = ZSTD_compress2(zst->pack, zst->bytes, zst->room - 1, plain, len);
        /* With room for the bound it fails only for lack of memory. */
        if (ZSTD_isError(zst->len))
                abort();
        zst->bytes[zst->len] = '\0';
}

/* The window that a frame asks for (RFC 8878 §3.1.1.1); 0 if the header is not of our kind. */
static uint64_t frame_window(const unsigned char *frame, size_t len)
{
        enum { FLAGS = 4, WINDOW = 5, SINGLE = 0x20, CHECKSUM = 0x04, RESERVED = 0x18, DICTIONARY = 0x03 };
        if (len < 9 || memcmp(frame, "\x28\xb5\x2f\xfd", 4) != 0)
                return 0;
        if ((frame[FLAGS] & (CHECKSUM | RESERVED | DICTIONARY)) != CHECKSUM)
                return 0;
        if (frame[FLAGS] & SINGLE)
                return 1; /* the window is the content, which has its own limit */
        uint64_t base = (uint64_t)1 << (10 + (frame[WINDOW] >> 3));
        return base + base / 8 * (frame[WINDOW] & 7);
}

static enum err_code check_frame(const unsigned char *frame, size_t len, size_t plain_max, const char *where,
                                 struct err *err)
{
        uint64_t window = frame_window(frame, len);
        if (window == 0)
                return damaged(err, where);
        if (window > (uint64_t)1 << BUNDLE_WINDOW_LOG)
                return oversized(err, where);
        unsigned long long size = ZSTD_getFrameContentSize(frame, len);
        if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN)
                return damaged(err, where);
        if (size > plain_max)
                return oversized(err, where);
        /* One frame and nothing after it: libzstd would unpack a second one, or skip it. */
        return ZSTD_findFrameCompressedSize(frame, len) == len ? ERR_OK : damaged(err, where);
}

enum err_code zst_unpack(struct zst *zst, const void *frame, size_t len, size_t plain_max, const char *where,
                         struct err *err)
{
        enum err_code rc = check_frame(frame, len, plain_max, where, err);
        if (rc != ERR_OK)
                return rc;
        if (!zst->unpack && !(zst->unpack = ZSTD_createDCtx()))
                abort();
        size_t size = (size_t)ZSTD_getFrameContentSize(frame, len);
        make_room(zst, size);
        zst->len = ZSTD_decompressDCtx(zst->unpack, zst->bytes, size, frame, len);
        if (ZSTD_isError(zst->len) || zst->len != size)
                return damaged(err, where);
        zst->bytes[zst->len] = '\0';
        return ERR_OK;
}
