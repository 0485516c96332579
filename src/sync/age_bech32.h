/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bech32 (BIP 173, without its limit of 90 letters) for keys, which are all of 32 bytes. */
#ifndef SIMAE_SYNC_AGE_BECH32_H
#define SIMAE_SYNC_AGE_BECH32_H

#include <stddef.h>

enum { BECH32_BYTES = 32, BECH32_TAIL = 58 }; /* letters after the "1": 52 of data, 6 of checksum */

/* "<prefix>1…" in small letters; `out` holds strlen(prefix) + 1 + BECH32_TAIL + 1 bytes. */
void bech32_write(const char *prefix, const unsigned char bytes[BECH32_BYTES], char *out);

enum bech32_result {
        BECH32_OK,
        BECH32_OTHER,    /* does not begin with the prefix and a 1 */
        BECH32_LENGTH,   /* too few letters or too many */
        BECH32_LETTER,   /* one that is never used, or capitals and small letters mixed */
        BECH32_CHECKSUM, /* a slip of the pen, or bits that should be 0 */
};

/* `prefix` in small letters; the text may be all capitals. `ret` is written only with BECH32_OK. */
enum bech32_result bech32_read(const char *text, const char *prefix, unsigned char ret[BECH32_BYTES]);

#endif
