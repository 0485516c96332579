#!/usr/bin/env python3
"""Makes the vectors of this folder again: python3 tests/vectors/age/make.py

An age v1 of its own, from the specification and Python's standard library, so
that the vectors owe nothing to the program they judge.  The same bytes every
time.  Plain bytes of whole chunks are chosen so that they encrypt to zeros and
the file packs into nothing; `compressed: zlib` says that it is packed.
"""
import base64, hashlib, hmac, os, struct, zlib

P = 2**255 - 19
CHUNK = 65536


def x25519(scalar, point):
    k = int.from_bytes(scalar, 'little') & ~7 & ~(1 << 255) | 1 << 254
    u = int.from_bytes(point, 'little') & ~(1 << 255)
    x2, z2, x3, z3, swap = 1, 0, u, 1, 0
    for t in range(254, -1, -1):
        bit = k >> t & 1
        if swap ^ bit:
            x2, x3, z2, z3 = x3, x2, z3, z2
        swap = bit
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        aa, bb, da, cb = a * a, b * b, d * a, c * b
        e = aa - bb
        x3, z3 = (da + cb) ** 2 % P, u * (da - cb) ** 2 % P
        x2, z2 = aa * bb % P, e * (aa + 121665 * e) % P
    if swap:
        x2, z2 = x3, z3
    return (x2 * pow(z2, P - 2, P) % P).to_bytes(32, 'little')


def public(scalar):
    return x25519(scalar, b'\x09' + bytes(31))


def chacha_block(key, counter, nonce):
    start = list(struct.unpack('<16I', b'expand 32-byte k' + key + struct.pack('<I', counter) + nonce))
    s = start[:]

    def quarter(a, b, c, d):
        for to, by, turned, n in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
            s[to] = s[to] + s[by] & 0xffffffff
            x = s[turned] ^ s[to]
            s[turned] = (x << n | x >> 32 - n) & 0xffffffff
    for _ in range(10):
        quarter(0, 4, 8, 12), quarter(1, 5, 9, 13), quarter(2, 6, 10, 14), quarter(3, 7, 11, 15)
        quarter(0, 5, 10, 15), quarter(1, 6, 11, 12), quarter(2, 7, 8, 13), quarter(3, 4, 9, 14)
    return struct.pack('<16I', *(x + y & 0xffffffff for x, y in zip(s, start)))


def keystream(key, nonce, n):
    blocks = (chacha_block(key, 1 + i, nonce) for i in range((n + 63) // 64))
    return b''.join(blocks)[:n]


def tag(key, nonce, sealed):
    one_time = chacha_block(key, 0, nonce)
    r = int.from_bytes(one_time[:16], 'little') & 0x0ffffffc0ffffffc0ffffffc0fffffff
    text = sealed + bytes(-len(sealed) % 16) + struct.pack('<QQ', 0, len(sealed))
    total = 0
    for i in range(0, len(text), 16):
        total = (total + int.from_bytes(text[i:i + 16] + b'\x01', 'little')) * r % (2**130 - 5)
    return (total + int.from_bytes(one_time[16:32], 'little') & 2**128 - 1).to_bytes(16, 'little')


def seal(key, nonce, plain):
    sealed = bytes(a ^ b for a, b in zip(plain, keystream(key, nonce, len(plain))))
    return sealed + tag(key, nonce, sealed)


def hkdf(secret, salt, info):
    return hmac.digest(hmac.digest(salt, secret, 'sha256'), info + b'\x01', 'sha256')


def b64(data):
    return base64.b64encode(data).rstrip(b'=').decode()


def spare_bit(text):
    """The same bytes, with a bit set that decodes to nothing."""
    letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
    return text[:-1] + letters[letters.index(text[-1]) + 1]


def bech32(prefix, data):
    letters = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
    bits = int.from_bytes(data, 'big') << 4
    fives = [bits >> 5 * i & 31 for i in range(51, -1, -1)]
    values = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix] + fives + [0] * 6
    total = 1
    for value in values:
        top, total = total >> 25, (total & 0x1ffffff) << 5 ^ value
        for i, g in enumerate((0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3)):
            total ^= g * (top >> i & 1)
    total ^= 1
    return prefix + '1' + ''.join(letters[v] for v in fives + [total >> 5 * i & 31 for i in range(5, -1, -1)])


def secret(name):
    return hashlib.sha256(name.encode()).digest()


OURS, OTHER = secret('la clave de la oficina'), secret('la clave de otra oficina')
PHRASE = 'ñandú: cuatro palabras cortas'


class File:
    """A file being written. Names of methods are those of its parts."""

    def __init__(self, name, version='v1'):
        self.rest = name
        self.file_key = self.random(16)
        self.text = b'age-encryption.org/' + version.encode() + b'\n'
        self.plain, self.number, self.out = b'', 0, b''

    def random(self, n):
        self.rest += '.'
        return hashlib.sha256(self.rest.encode()).digest()[:n]

    def line(self, text):
        self.text += text.encode() + b'\n'
        return self

    def body(self, data):
        text = b64(data)
        for i in range(0, len(text) + 1, 64):
            self.line(text[i:i + 64])
        return self

    def x25519(self, to=OURS, share=None, args=None, file_key=None, kind='X25519', change=lambda body: body):
        own = self.random(32)
        raw = share or public(own)
        point = public(to)
        shared = x25519(to, raw)
        key = hkdf(shared, raw + point, b'age-encryption.org/v1/X25519')
        self.line('-> ' + ' '.join(args(b64(raw)) if args else [kind, b64(raw)]))
        return self.body(change(seal(key, bytes(12), file_key or self.file_key)))

    def scrypt(self, phrase=PHRASE, n=10, salt_len=16, args=None, file_key=None, kind='scrypt', change=lambda body: body):
        salt = self.random(salt_len)
        key = hashlib.scrypt(phrase.encode(), salt=b'age-encryption.org/v1/scrypt' + salt, n=2**n, r=8, p=1,
                             maxmem=2**30, dklen=32)
        self.line('-> ' + ' '.join(args(b64(salt), str(n)) if args else [kind, b64(salt), str(n)]))
        return self.body(change(seal(key, bytes(12), file_key or self.file_key)))

    def mac(self, form='--- %s\n', change=lambda text: text):
        value = hmac.digest(hkdf(self.file_key, b'', b'header'), self.text + b'---', 'sha256')
        self.text += (form % change(b64(value))).encode()
        return self

    def nonce(self, n=16):
        data = self.random(16)
        self.key = hkdf(self.file_key, data, b'payload')
        self.out += data[:n]
        return self

    def chunk(self, plain=b'', last=False, whole=0, spoil=False, number=None):
        """`whole`: so many bytes that encrypt to zeros."""
        at = self.number if number is None else number
        nonce = at.to_bytes(11, 'big') + bytes([last])
        if whole:
            plain, sealed = keystream(self.key, nonce, whole), bytes(whole)
            sealed += tag(self.key, nonce, sealed)
        else:
            sealed = seal(self.key, nonce, plain)
        if spoil:
            sealed = sealed[:-1] + bytes([sealed[-1] ^ 1])
        else:
            self.plain += plain
        self.number += 1
        self.out += sealed
        return self

    def last(self, plain=b'', **more):
        return self.chunk(plain, last=True, **more)

    def bytes(self, data):
        self.out += data
        return self

    def usual(self):
        return self.mac().nonce().last(b'IE 90005: 12 fichas')


def write(name, expect, file, comment, keys=(OURS,), phrases=(), released=None):
    """released: how many plain bytes are let through; all of them if it does not say."""
    whole = file.text + file.out
    lines = ['expect: ' + expect]
    if expect in ('success', 'payload failure'):
        plain = file.plain if released is None else file.plain[:released]
        lines.append('payload: ' + hashlib.sha256(plain).hexdigest())
    lines.append('file key: ' + file.file_key.hex())
    lines += ['identity: ' + bech32('age-secret-key-', key).upper() for key in keys]
    lines += ['passphrase: ' + phrase for phrase in phrases]
    if len(whole) > CHUNK:
        lines.append('compressed: zlib')
        whole = zlib.compress(whole, 9)
    lines.append('comment: ' + comment)
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), name), 'wb') as out:
        out.write('\n'.join(lines).encode() + b'\n\n' + whole)


def good(name, comment, make, **more):
    write(name, 'success', make(File(name)), comment, **more)


def bad(kind):
    def one(name, comment, make, **more):
        write(name, kind, make(File(name)), comment, **more)
    return one


header, no_match, hmac_bad, payload = map(bad, ('header failure', 'no match', 'HMAC failure', 'payload failure'))
phrase = dict(keys=(), phrases=(PHRASE,))

# ---- X25519 ----
good('x25519', 'one recipient', lambda f: f.x25519().usual())
good('x25519_second', 'ours is the second of two', lambda f: f.x25519(OTHER).x25519().usual())
good('x25519_twice', 'both stanzas are ours', lambda f: f.x25519().x25519().usual())
good('x25519_other_identities', 'the third identity given opens it', lambda f: f.x25519().usual(),
     keys=(OTHER, secret('una tercera'), OURS))
good('x25519_high_bit', 'the highest bit of a share counts for nothing but for the salt',
     lambda f: f.x25519(share=(lambda p: p[:31] + bytes([p[31] | 128]))(public(secret('share')))).usual())
good('x25519_unknown_beside', 'stanzas of unknown kinds are skipped',
     lambda f: f.line('-> ssh-ed25519 Xyz0 aaaa').body(f.random(20)).x25519().line('-> nuevo').body(b'').usual())
no_match('x25519_of_other', 'sealed for somebody else', lambda f: f.x25519(OTHER).usual())
no_match('x25519_bad_tag', 'the wrapped key is altered',
         lambda f: f.x25519(change=lambda b: b[:-1] + bytes([b[-1] ^ 4])).usual())
no_match('x25519_small_letters', 'x25519 is another kind', lambda f: f.x25519(kind='x25519').usual())
no_match('x25519_only_unknown', 'no stanza of a known kind', lambda f: f.line('-> nuevo 1').body(f.random(32)).usual())
no_match('x25519_with_phrase', 'a passphrase does not open it', lambda f: f.x25519().usual(), **phrase)
header('x25519_no_share', 'an argument is missing', lambda f: f.x25519(args=lambda s: ['X25519']).usual())
header('x25519_extra', 'an argument too many', lambda f: f.x25519(args=lambda s: ['X25519', s, s]).usual())
header('x25519_short_share', 'a share of 31 bytes', lambda f: f.x25519(args=lambda s: ['X25519', b64(bytes(31))]).usual())
header('x25519_long_share', 'a share of 33 bytes', lambda f: f.x25519(args=lambda s: ['X25519', b64(bytes(33))]).usual())
header('x25519_spare_bit', 'the share is not canonical', lambda f: f.x25519(args=lambda s: ['X25519', spare_bit(s)]).usual())
header('x25519_padded', 'the share is padded', lambda f: f.x25519(args=lambda s: ['X25519', s + '=']).usual())
header('x25519_zero_share', 'the shared secret is all zeros', lambda f: f.x25519(share=bytes(32)).usual())
header('x25519_order_eight', 'a point of order 8 gives zeros too', lambda f: f.x25519(
    share=bytes.fromhex('e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800')).usual())
header('x25519_long_key', 'a file key of 24 bytes', lambda f: f.x25519(file_key=bytes(24)).usual())
header('x25519_short_body', 'a body of 31 bytes', lambda f: f.x25519(change=lambda b: b[:31]).usual())
header('x25519_malformed_of_other', 'one of ours is good, another is malformed',
       lambda f: f.x25519().x25519(OTHER, args=lambda s: ['X25519']).usual())

# ---- scrypt ----
good('scrypt', 'a passphrase', lambda f: f.scrypt().usual(), **phrase)
good('scrypt_second_phrase', 'the second one given opens it', lambda f: f.scrypt().usual(), keys=(),
     phrases=('otra', PHRASE))
no_match('scrypt_wrong', 'another passphrase', lambda f: f.scrypt('otra').usual(), **phrase)
no_match('scrypt_with_identity', 'an identity does not open it', lambda f: f.scrypt().usual())
no_match('scrypt_bad_tag', 'the wrapped key is altered',
         lambda f: f.scrypt(change=lambda b: b[:-1] + bytes([b[-1] ^ 4])).usual(), **phrase)
no_match('scrypt_capital', 'Scrypt is another kind', lambda f: f.scrypt(kind='Scrypt').usual(), **phrase)
header('scrypt_twice', 'two passphrases', lambda f: f.scrypt().scrypt('otra').usual(), **phrase)
header('scrypt_beside_x25519', 'a passphrase beside a key', lambda f: f.x25519().scrypt().usual(),
       keys=(OURS,), phrases=(PHRASE,))
header('scrypt_beside_unknown', 'a passphrase beside an unknown kind',
       lambda f: f.scrypt().line('-> nuevo').body(b'').usual(), **phrase)
header('scrypt_no_work_factor', 'an argument is missing', lambda f: f.scrypt(args=lambda s, n: ['scrypt', s]).usual(), **phrase)
header('scrypt_extra', 'an argument too many', lambda f: f.scrypt(args=lambda s, n: ['scrypt', s, n, n]).usual(), **phrase)
header('scrypt_short_salt', 'a salt of 15 bytes', lambda f: f.scrypt(salt_len=15).usual(), **phrase)
header('scrypt_long_salt', 'a salt of 17 bytes', lambda f: f.scrypt(salt_len=17).usual(), **phrase)
header('scrypt_spare_bit', 'the salt is not canonical', lambda f: f.scrypt(args=lambda s, n: ['scrypt', spare_bit(s), n]).usual(), **phrase)
header('scrypt_long_key', 'a file key of 24 bytes', lambda f: f.scrypt(file_key=bytes(24)).usual(), **phrase)
for label, factor in (('zero', '0'), ('leading_zero', '010'), ('plus', '+10'), ('minus', '-10'), ('hex', '0xa'),
                      ('letter', '10a'), ('huge', '23'), ('overflow', '18446744073709551626')):
    header('scrypt_work_factor_' + label, 'a work factor of ' + factor,
           lambda f: f.scrypt(args=lambda s, n: ['scrypt', s, factor]).usual(), **phrase)

# ---- The header ----
good('stanza_full_line', 'a body of 48 bytes ends in an empty line',
     lambda f: f.line('-> nuevo').body(f.random(32) + f.random(16)).x25519().usual())
good('stanza_long_body', 'a body of several lines', lambda f: f.line('-> nuevo').body(f.random(32) * 9).x25519().usual())
good('stanza_all_letters', 'every letter that an argument may have',
     lambda f: f.line('-> ' + ''.join(map(chr, range(0x21, 0x7f)))).body(b'').x25519().usual())
good('stanza_many_arguments', 'fifty arguments', lambda f: f.line('-> ' + ' '.join('abcde' * 10)).body(b'').x25519().usual())
header('empty', 'no bytes at all', lambda f: setattr(f, 'text', b'') or f)
header('header_version', 'a version of tomorrow', lambda f: File('header_version', 'v2').x25519().usual())
header('header_no_version', 'it begins with a stanza', lambda f: setattr(f, 'text', b'') or f.x25519().usual())
header('header_crlf', 'lines that end in CR LF',
       lambda f: (f.x25519(), setattr(f, 'text', f.text.replace(b'\n', b'\r\n')), f.usual())[2])
header('header_no_stanza', 'nobody it is for', lambda f: f.usual())
header('header_blank_line', 'an empty line between stanzas', lambda f: f.x25519().line('').x25519().usual())
header('header_cut', 'it ends inside a stanza', lambda f: setattr(f, 'text', f.x25519().text[:-20]) or f)
header('header_no_nonce', 'nothing after the header', lambda f: f.x25519().mac())
header('header_short_nonce', 'a nonce of 15 bytes', lambda f: f.x25519().mac().nonce(15))
header('stanza_no_blank', 'no blank after the arrow', lambda f: f.line('->nuevo').body(b'').x25519().usual())
header('stanza_no_argument', 'an arrow alone', lambda f: f.line('->').body(b'').x25519().usual())
header('stanza_empty_argument', 'two blanks', lambda f: f.line('-> nuevo  1').body(b'').x25519().usual())
header('stanza_blank_at_end', 'a blank at the end of a line', lambda f: f.line('-> nuevo ').body(b'').x25519().usual())
header('stanza_accent', 'a letter beyond ASCII', lambda f: f.line('-> ñandú').body(b'').x25519().usual())
header('stanza_tab', 'a control character', lambda f: f.line('-> nuevo\t1').body(b'').x25519().usual())
header('stanza_no_body', 'a body that does not come', lambda f: f.line('-> nuevo').x25519().usual())
header('stanza_no_last_line', 'a full line and no short one', lambda f: f.line('-> nuevo').line('A' * 64).x25519().usual())
header('stanza_short_line_first', 'a short line, then another', lambda f: f.line('-> nuevo').line('AAAA').line('AAAA').x25519().usual())
header('stanza_long_line', 'a line of 68 letters', lambda f: f.line('-> nuevo').line('A' * 68).line('').x25519().usual())
header('stanza_padded', 'a padded body', lambda f: f.line('-> nuevo').line('AAA=').x25519().usual())
header('stanza_spare_bit', 'a body that is not canonical', lambda f: f.line('-> nuevo').line('AAB').x25519().usual())
header('stanza_one_letter', 'a body of a single letter', lambda f: f.line('-> nuevo').line('A').x25519().usual())
header('stanza_url_letters', 'the other base64', lambda f: f.line('-> nuevo').line('AA_-').x25519().usual())
header('stanza_high_bit', 'a byte from 128 on, which libsodium takes for a slash',
       lambda f: (setattr(f, 'text', f.line('-> nuevo').text + b'AAA\xaf\n'), f.x25519().usual())[1])
header('stanza_cr', 'CR at the end of a body', lambda f: f.line('-> nuevo').line('AAAA\r').x25519().usual())

# ---- The MAC ----
tail = lambda f: f.nonce().last(b'IE 90005')


def high_bit(f):
    """A stanza is tried until the MAC has a slash."""
    f.x25519()
    while True:
        before = f.text
        f.line('-> nuevo').body(f.random(3)).mac()
        at = f.text.rindex(b'--- ') + 4
        if b'/' in f.text[at:-2]:
            slash = f.text.index(b'/', at)
            f.text = f.text[:slash] + b'\xaf' + f.text[slash + 1:]
            return tail(f)
        f.text = before


flip = lambda text: ('B' if text[0] == 'A' else 'A') + text[1:]
hmac_bad('hmac_altered', 'another MAC', lambda f: tail(f.x25519().mac(change=flip)))
hmac_bad('hmac_stanza_added', 'a stanza was added afterwards',
         lambda f: (f.x25519().mac(), setattr(f, 'text', f.text.replace(b'\n--- ', b'\n-> nuevo\n\n--- ')), tail(f))[2])
hmac_bad('hmac_stanza_altered', 'an argument was changed afterwards',
         lambda f: (f.line('-> nuevo 1').body(b'').x25519().mac(), setattr(f, 'text', f.text.replace(b'nuevo 1', b'nuevo 2')), tail(f))[2])
hmac_bad('hmac_other_key', 'the stanza wraps another file key', lambda f: tail(f.x25519(file_key=bytes(16)).mac()))
header('hmac_missing', 'no MAC', lambda f: tail(f.x25519().line('---')))
header('hmac_no_blank', 'no blank before it', lambda f: tail(f.x25519().mac('---%s\n')))
header('hmac_two_blanks', 'two blanks before it', lambda f: tail(f.x25519().mac('---  %s\n')))
header('hmac_blank_after', 'a blank after it', lambda f: tail(f.x25519().mac('--- %s \n')))
header('hmac_cr', 'CR after it', lambda f: tail(f.x25519().mac('--- %s\r\n')))
header('hmac_short', 'a MAC of 31 bytes', lambda f: tail(f.x25519().mac(change=lambda t: t[:42])))
header('hmac_long', 'a MAC of 33 bytes', lambda f: tail(f.x25519().mac(change=lambda t: t[:42] + 'AA')))
header('hmac_spare_bit', 'a MAC that is not canonical', lambda f: tail(f.x25519().mac(change=spare_bit)))
header('hmac_high_bit', 'a slash of the MAC has its highest bit set', lambda f: high_bit(f))
header('hmac_padded', 'a padded MAC', lambda f: tail(f.x25519().mac('--- %s=\n')))

# ---- The payload ----
begin = lambda f: f.x25519().mac().nonce()
good('stream_empty', 'an empty file is one empty chunk', lambda f: begin(f).last(b''))
good('stream_byte', 'one byte', lambda f: begin(f).last(b'x'))
good('stream_full', 'one chunk, full', lambda f: begin(f).last(whole=CHUNK))
good('stream_full_and_byte', 'a full chunk and one byte', lambda f: begin(f).chunk(whole=CHUNK).last(b'x'))
good('stream_two_full', 'two full chunks', lambda f: begin(f).chunk(whole=CHUNK).last(whole=CHUNK))
good('stream_three', 'three chunks', lambda f: begin(f).chunk(whole=CHUNK).chunk(whole=CHUNK).last(b'xyz'))
payload('stream_no_chunk', 'nothing after the nonce', begin)
payload('stream_less_than_a_tag', 'fifteen bytes', lambda f: begin(f).bytes(bytes(15)))
payload('stream_bad_tag', 'an altered tag', lambda f: begin(f).last(b'IE 90005', spoil=True))
payload('stream_bad_second', 'the second chunk is altered', lambda f: begin(f).chunk(whole=CHUNK).last(b'x', spoil=True))
payload('stream_bad_full', 'a full last chunk is altered', lambda f: begin(f).last(whole=CHUNK, spoil=True))
payload('stream_not_marked', 'a short chunk not marked as the last', lambda f: begin(f).chunk(b'IE 90005'), released=0)
payload('stream_not_marked_full', 'a full chunk not marked as the last', lambda f: begin(f).chunk(whole=CHUNK))
payload('stream_not_marked_second', 'the second is not marked', lambda f: begin(f).chunk(whole=CHUNK).chunk(b'x'), released=CHUNK)
payload('stream_short_first', 'a chunk that is not full, and another', lambda f: begin(f).chunk(b'IE').last(b'90005'), released=0)
payload('stream_empty_last', 'an empty chunk after a full one', lambda f: begin(f).chunk(whole=CHUNK).last(b''))
payload('stream_after_last', 'bytes after a short last chunk', lambda f: begin(f).last(b'IE 90005').bytes(b'\0'), released=0)
payload('stream_after_full', 'a byte after a full last chunk', lambda f: begin(f).last(whole=CHUNK).bytes(b'\0'))
payload('stream_two_last', 'a chunk after one marked as the last', lambda f: begin(f).last(whole=CHUNK).last(b'x'), released=CHUNK)
payload('stream_skipped', 'a chunk is missing', lambda f: begin(f).chunk(whole=CHUNK).last(b'x', number=2), released=CHUNK)
payload('stream_swapped', 'chunks in another order',
        lambda f: begin(f).chunk(whole=CHUNK, number=1).chunk(whole=CHUNK, number=0).last(b'x'), released=0)
payload('stream_repeated', 'a chunk comes twice', lambda f: begin(f).chunk(whole=CHUNK).chunk(whole=CHUNK, number=0).last(b'x'), released=CHUNK)
