#!/usr/bin/env python3
"""An invented padrón in the Ministry's shape: the same rows as one DBF and four CSV files.

    make_padron.py ROWS FOLDER [--seed TEXT] [--only NAME…] [--censo] [--corte N]

padron.dbf       CP850, records padded with NUL now and then, end-of-file mark
padron-cp850.csv  tabs, LF          padron-cp1252.csv  `;`, CRLF
padron-utf8.csv   `,`, LF           padron-bom.csv     `;`, CRLF, byte order mark, every cell quoted

44 columns, as the cuts of 2026 have; --censo adds those of earlier ones (characteristic, pupils, teachers).
One row in a hundred is damaged, the same ones in every file.  --corte 2 is a later cut: some schools changed,
some are gone, some are new.  Everything is invented; the same seed gives the same bytes.
"""
import random
import struct
import sys

COLUMNS = [  # name, width, type
    ("CODINST", 8), ("COD_MOD", 7), ("ANEXO", 1), ("CODLOCAL", 6), ("CEN_EDU", 100), ("NIV_MOD", 2),
    ("D_NIV_MOD", 50), ("D_FORMA", 20), ("TIPSSEXO", 1), ("D_TIPSSEXO", 15), ("GESTION", 1), ("D_GESTION", 50),
    ("GES_DEP", 2), ("D_GES_DEP", 50), ("DIRECTOR", 90), ("TELEFONO", 40), ("EMAIL", 50), ("PAGWEB", 50),
    ("DIR_CEN", 200), ("LOCALIDAD", 80), ("REFERENCIA", 120), ("CODCP_INEI", 10), ("CODCCPP", 6), ("CEN_POB", 100),
    ("AREA_CENSO", 5), ("DAREACENSO", 12), ("CODGEO", 6), ("D_DPTO", 15), ("D_PROV", 40), ("D_DIST", 60),
    ("D_REGION", 50), ("CODOOII", 6), ("D_DREUGEL", 60), ("NLAT_IE", 12), ("NLONG_IE", 12), ("TIPOPROG", 2),
    ("D_TIPOPROG", 40), ("COD_TUR", 2), ("D_COD_TUR", 40), ("ESTADO", 1), ("D_ESTADO", 12), ("D_FTE_DATO", 20),
    ("FECHAREG", 10), ("FECHA_ACT", 10),
]
CENSUS = [("COD_CAR", 1), ("D_COD_CAR", 30), ("TALUM_HOM", 7), ("TALUM_MUJ", 7), ("TALUMNO", 7), ("TDOCENTE", 6),
          ("TSECCION", 5)]
NUMBERS = {"NLAT_IE", "NLONG_IE", "TALUM_HOM", "TALUM_MUJ", "TALUMNO", "TDOCENTE", "TSECCION"}

PROVINCES = ["Cajamarca", "Cajabamba", "Celendín", "Chota", "Contumazá", "Cutervo", "Hualgayoc", "Jaén", "San Ignacio",
             "San Marcos", "San Miguel", "San Pablo", "Santa Cruz"]
PLACES = ["Cerro Peñón", "Alto Chirimoyo", "Puerto Quinual", "Villa Retama", "Río Ñahui", "Jardín del Ángel",
          "Pampa Lúcuma", "Quebrada Ágil", "Cañón Índigo", "Loma Pingüino", "Óvalo Sauce", "Último Ichu", "El Éxito"]
LEVELS = [("A2", "Inicial - Jardín"), ("A5", "Inicial - Programa no escolarizado"), ("B0", "Primaria"),
          ("B0", "Primaria"), ("B0", "Primaria"), ("F0", "Secundaria"), ("A1", "Inicial - Cuna"),
          ("L0", "Técnico-productiva"), ("E2", "EBE Primaria"), ("D2", "EBA Avanzado"), ("T0", "Superior tecnológica")]
SURNAMES = ["Inventado", "Ejemplo", "Ficticia", "Muestra", "Supuesto"]
KINDS = ["key", "broken", "duplicate", "level", "reniec", "local", "control", "short"]


def ugel_of(rng):
    """Six rows in a hundred are of Cajamarca; the other regions have numbers for names."""
    if rng.random() < 0.06:
        n = rng.randrange(13)
        return "06%04d" % (n + 1), "UGEL " + PROVINCES[n].upper(), "CAJAMARCA", PROVINCES[n].upper(), "06%02d" % (n + 1)
    region = rng.choice([1, 2, 3, 4, 5, 7, 8, 9] + list(range(10, 26)))
    n = rng.randrange(1, 10)
    return ("%02d%04d" % (region, n), "UGEL Provincia %d-%d" % (region, n), "DEPARTAMENTO %d" % region,
            "PROVINCIA %d" % n, "%02d%02d" % (region, n))


def school(rng, i, census):
    code, ugel, department, province, place = ugel_of(rng)
    level, level_name = LEVELS[rng.randrange(len(LEVELS))]
    rural = rng.random() < 0.7
    private = rng.random() < 0.1
    active = rng.random() < 0.9
    name = "%d %s" % (10000 + i % 80000, rng.choice(PLACES)) if rng.random() < 0.8 else 'I.E. "%s"; anexo %d' % (rng.choice(PLACES), i)
    row = {
        "CODINST": "%08d" % (i + 1), "COD_MOD": "%07d" % (i * 7 % 9999991 + 1), "ANEXO": "1" if i % 23 == 0 else "0",
        "CODLOCAL": "%06d" % (i % 600000 + 1), "CEN_EDU": name, "NIV_MOD": level, "D_NIV_MOD": level_name,
        "D_FORMA": "No escolarizada" if level == "A5" else "Escolarizada", "TIPSSEXO": "3", "D_TIPSSEXO": "Mixto",
        "GESTION": "3" if private else "1", "D_GESTION": "Privada" if private else "Pública de gestión directa",
        "GES_DEP": "B1" if private else "A1", "D_GES_DEP": "Particular" if private else "Sector Educación",
        "DIRECTOR": "%s, PERSONA %d" % (rng.choice(SURNAMES).upper(), i), "TELEFONO": "900%06d" % (i % 1000000),
        "EMAIL": "ie%d@ejemplo.invalid" % i, "PAGWEB": "", "DIR_CEN": "JIRÓN %s S/N" % rng.choice(PLACES).upper(),
        "LOCALIDAD": "" if rural else rng.choice(PLACES).upper(), "REFERENCIA": "", "CODCP_INEI": place + "010%03d" % (i % 1000),
        "CODCCPP": "%06d" % (i % 99999 + 1), "CEN_POB": rng.choice(PLACES).upper(), "AREA_CENSO": "2" if rural else "1",
        "DAREACENSO": "Rural" if rural else "Urbana", "CODGEO": place + "%02d" % (51 + i % 20), "D_DPTO": department,
        "D_PROV": province, "D_DIST": "DISTRITO %d" % (51 + i % 20), "D_REGION": "DRE " + department, "CODOOII": code,
        "D_DREUGEL": ugel, "NLAT_IE": "%.5f" % -rng.uniform(4, 8), "NLONG_IE": "%.5f" % -rng.uniform(77, 79),
        "TIPOPROG": "P" if level == "A5" else "", "D_TIPOPROG": "PRONOEI" if level == "A5" else "",
        "COD_TUR": "11", "D_COD_TUR": "Continuo sólo en la mañana", "ESTADO": "1" if active else "2",
        "D_ESTADO": "Activa" if active else "Inactiva", "D_FTE_DATO": "Declarado" if rng.random() < 0.95 else "Imputado",
        "FECHAREG": "01/03/1995", "FECHA_ACT": "14/08/2026",
    }
    if census:
        boys, girls = rng.randrange(1, 200), rng.randrange(1, 200)
        row.update({"COD_CAR": "2", "D_COD_CAR": rng.choice(["Unidocente", "Polidocente Multigrado", "Polidocente Completo"]),
                    "TALUM_HOM": str(boys), "TALUM_MUJ": str(girls), "TALUMNO": str(boys + girls),
                    "TDOCENTE": str(rng.randrange(1, 20)), "TSECCION": str(rng.randrange(1, 12))})
    return row


def damage(row, kind, before):
    if kind == "key":
        row["COD_MOD"] = "A" + row["COD_MOD"][1:]
    elif kind == "duplicate":
        row["COD_MOD"], row["ANEXO"] = before["COD_MOD"], before["ANEXO"]
    elif kind == "level":
        row["NIV_MOD"] = "Z9"
    elif kind == "reniec":  # Chota's names with the digits that are Cutervo's for the INEI
        row.update({"CODGEO": "060651", "D_DPTO": "CAJAMARCA", "D_PROV": "CHOTA", "CODOOII": "060004", "D_DREUGEL": "UGEL CHOTA"})
    elif kind == "local":
        row["CODLOCAL"] = "12X45"
    elif kind == "control":
        row["CEN_EDU"] = "Escuela\x01rota"
    elif kind == "short":
        row["COD_MOD"] = row["COD_MOD"][1:]


def later_cut(row, i, rng):
    """The second cut: one in fifty renamed, one in two hundred gone (None), one in three hundred closed."""
    if i % 200 == 7:
        return None
    if i % 50 == 3:
        row["CEN_EDU"] += " II"
    if i % 300 == 5:
        row["ESTADO"], row["D_ESTADO"] = "2", "Inactiva"
    row["FECHA_ACT"] = "21/08/2026"
    return row


def rows(count, seed, census, cut):
    previous = None
    for i in range(count):
        rng = random.Random("%s/%d" % (seed, i))
        row = school(rng, i, census)
        kind = KINDS[i // 100 % len(KINDS)] if i % 100 == 57 else None
        if kind:
            damage(row, kind, previous)
        elif cut == 2:
            row = later_cut(row, i, rng)
        if row:
            yield row, kind
            previous = row


class Dbf:
    def __init__(self, path, columns, count):
        self.file, self.columns, self.n = open(path, "wb"), columns, 0
        length = 1 + sum(width for _, width in columns)
        self.file.write(struct.pack("<BBBBIHH20x", 3, 126, 8, 14, count, 33 + 32 * len(columns), length))
        for name, width in columns:
            kind = b"N" if name in NUMBERS else b"C"
            decimals = 5 if name.startswith("NL") else 0
            self.file.write(struct.pack("<11sc4xBB14x", name.encode(), kind, width, decimals))
        self.file.write(b"\r")

    def add(self, row, kind):
        cells = []
        for name, width in self.columns:
            text = row[name].encode("cp850")[:width]
            pad = b"\0" if self.n % 7 == 3 and name in ("CEN_EDU", "DIR_CEN", "LOCALIDAD") else b" "
            cells.append(text.rjust(width) if name in NUMBERS else text.ljust(width, pad))
        self.file.write((b"\xff" if kind == "broken" else b" ") + b"".join(cells))
        self.n += 1

    def end(self):
        self.file.write(b"\x1a")
        self.file.seek(4)
        self.file.write(struct.pack("<I", self.n))
        self.file.close()


class Csv:
    def __init__(self, path, columns, encoding, separator, end, mark=False, quote=False):
        self.file, self.names, self.encoding = open(path, "wb"), [name for name, _ in columns], encoding
        self.separator, self.line_end, self.quote = separator, end, quote
        self.widths = dict(columns)
        self.file.write(b"\xef\xbb\xbf" if mark else b"")
        self.line(self.names)

    def cell(self, text):
        if self.quote or any(c in text for c in self.separator + '"\r\n'):
            return '"' + text.replace('"', '""') + '"'
        return text

    def line(self, cells):
        self.file.write((self.separator.join(self.cell(c) for c in cells) + self.line_end).encode(self.encoding))

    def add(self, row, kind):
        cells = [row[name][:self.widths[name]].rstrip() for name in self.names]
        self.line(cells[:-3] if kind == "broken" else cells)

    def end(self):
        self.file.close()


def main(words):
    options, plain = {}, []
    while words:
        word = words.pop(0)
        if word == "--censo":
            options[word] = True
        elif word.startswith("--"):
            options[word] = words.pop(0)
        else:
            plain.append(word)
    count, folder = int(plain[0]), plain[1]
    columns = COLUMNS + (CENSUS if "--censo" in options else [])
    makers = {
        "padron.dbf": lambda path: Dbf(path, columns, count),
        "padron-cp850.csv": lambda path: Csv(path, columns, "cp850", "\t", "\n"),
        "padron-cp1252.csv": lambda path: Csv(path, columns, "cp1252", ";", "\r\n"),
        "padron-utf8.csv": lambda path: Csv(path, columns, "utf-8", ",", "\n"),
        "padron-bom.csv": lambda path: Csv(path, columns, "utf-8", ";", "\r\n", True, True),
    }
    only = options.get("--only")
    files = [make("%s/%s" % (folder, name)) for name, make in makers.items() if not only or name == only]
    for row, kind in rows(count, options.get("--seed", "padron"), "--censo" in options, int(options.get("--corte", "1"))):
        for file in files:
            file.add(row, kind)
    for file in files:
        file.end()


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1:])
