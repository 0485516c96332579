#!/usr/bin/env python3
"""check.py SIMAE OUT: what the Balance of the demonstration looks like outside of the program.

The pages are judged by tidy and by Chromium (paper, telephone), their baselines by tests/tools/page_bases.py; the CSV by
Python; the workbook and its charts by LibreOffice, where there is one.  What is hidden must be hidden in all of them.
The files stay in OUT, for eyes.
"""
import csv, html.parser, json, os, re, shutil, subprocess, sys

simae, out = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
tools = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "tools")
CHROMIUM = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-pdf-header-footer"]
FILTER = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,false,false,false,false,-1"
BAR, SERIES = (0x7F, 0xA7, 0xCF), (0x2B, 0x5C, 0x8F)  # of the charts: src/export/figures_page.c, figures_book_charts.c
MARGIN = 10  # points
PERIODS = ["2026-T4", "2026-T1", "2026"]
passed, faults = 0, []


def run(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout


def check(what, good, detail=""):
    global passed
    passed += bool(good)
    if not good:
        faults.append(f"{what}: {detail}")
        print(f"  FAIL    page-check: {what}: {detail}")


def balance(*words):
    return run(simae, "balance", *DATA, *words)


def rows(*words):
    return [json.loads(line) for line in balance(*words, "--json").splitlines()]


class Page(html.parser.HTMLParser):
    """What a reader sees, and where anything would come from elsewhere."""

    def __init__(self, text):
        super().__init__()
        self.words, self.hidden, self.foreign, self.charts, self.key, self.cards = [], 0, [], [], None, {}
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.hidden += tag in ("style", "title", "desc")
        self.key = attrs["id"][2:] if tag == "article" else self.key
        self.foreign += [v for k, v in attrs.items() if k in ("src", "href", "style") and not v.startswith("#")]
        self.foreign += [tag] if tag in ("script", "link", "img", "iframe") or any(k.startswith("on") for k in attrs) else []
        if tag == "svg":
            self.charts.append(set())
        elif tag in ("title", "desc") and self.charts:
            self.charts[-1].add(tag)

    def handle_endtag(self, tag):
        self.hidden -= tag in ("style", "title", "desc")
        self.key = None if tag == "article" else self.key

    def handle_data(self, data):
        if not self.hidden:
            self.words += data.split()
            self.cards[self.key] = self.cards.get(self.key, "") + data.replace("\u00a0", " ") + " "


# ---- Pictures ----

def colours(pdf, wanted, dpi=40):
    """On how many pages of a PDF something has a colour."""
    for name in os.listdir("."):
        if name.startswith("look-"):
            os.remove(name)
    run("pdftoppm", "-r", str(dpi), pdf, "look")
    found = 0
    for name in sorted(n for n in os.listdir(".") if n.startswith("look-")):
        with open(name, "rb") as file:
            pixels = file.read()
        body = pixels[-3 * int(pixels.split(b"\n", 3)[1].split()[0]) * int(pixels.split(b"\n", 3)[1].split()[1]):]
        found += bytes(wanted) in body
    return found


def clipped(pdf):
    """Words outside of the margins of their page."""
    text, bad = run("pdftotext", "-bbox", pdf, "-"), []
    for page in text.split("<page ")[1:]:
        width, height = (float(x) for x in re.search(r'width="([\d.]+)" height="([\d.]+)"', page).groups())
        for x0, y0, x1, y1, word in re.findall(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>', page):
            if float(x0) < MARGIN or float(y0) < MARGIN or float(x1) > width - MARGIN or float(y1) > height - MARGIN:
                bad.append(word)
    return bad


def overflows(name, width):
    """How much wider than a screen of that width the page is. The only script is ours, in a copy."""
    with open(name, encoding="utf-8") as file:
        text = file.read()
    with open("screen.html", "w", encoding="utf-8") as file:
        file.write(text.replace("</body>", f"<iframe id='f' style='width:{width}px;height:900px'></iframe><script>"
                                           "let f=document.getElementById('f').contentDocument;f.open();"
                                           "f.write(document.documentElement.outerHTML.replace(/<iframe[^]*<\\/script>/,''));f.close();"
                                           "document.title='W'+f.documentElement.scrollWidth</script></body>"))
    return int(re.search(r"<title>W(\d+)", run(*CHROMIUM, "--dump-dom", f"file://{out}/screen.html")).group(1)) - width


# ---- The pages ----

def look_at(name, sheets=None):
    with open(name, encoding="utf-8") as file:
        page = Page(file.read())
    tidy = subprocess.run(["tidy", "-q", "-e", "-utf8", name], capture_output=True, text=True)
    check(f"{name}, tidy", tidy.returncode == 0 and not tidy.stderr, tidy.stderr[:300])
    check(f"{name}, nothing from elsewhere", not page.foreign, page.foreign[:3])
    check(f"{name}, charts say what they are", page.charts and all(c == {"title", "desc"} for c in page.charts), page.charts[:3])
    pdf = name.replace(".html", ".pdf")
    run(*CHROMIUM, f"--print-to-pdf={pdf}", f"file://{out}/{name}")
    check(f"{name}, within the margins", not clipped(pdf), clipped(pdf)[:5])
    n = int(re.search(r"Pages:\s+(\d+)", run("pdfinfo", pdf)).group(1))
    check(f"{name}, {sheets or 'any'} sheets", n == sheets if sheets else n > 1, n)
    check(f"{name}, bars on paper", colours(pdf, BAR) > 0, "no bar of the colour of bars")
    paper = re.sub(r"[\s\u00ad-]", "", run("pdftotext", pdf, "-"))
    lost = [word for word in page.words if re.sub(r"[\s\u00ad-]", "", word) not in paper]
    check(f"{name}, every word on paper", not lost, lost[:5])
    check(f"{name}, on a telephone", overflows(name, 360) <= 0, overflows(name, 360))
    return page


def look_at_figures(page, period):
    """Of every indicator: its value if it is told, and no number at all if it is hidden."""
    for row in rows("--periodo", period):
        card = page.cards.get(row["clave"], "")
        if row.get("aviso") == "Muy pocos para mostrarlo":
            now = re.split("Hace un año|Meta|Línea base|T[1-4] 20", card)[0]
            check(f"{period} {row['clave']} hidden", not card or "Reservado" in card
                  or "muy pocos" in now and not re.search(r"\d (%|puntos)|n = ", now), now)
        elif "valor" in row and card and "Reservado" not in card:
            shown = f"{row['valor']:,.1f}" if row["unidad"] in RATIOS else f"{row['valor']:,.2f}".rstrip("0").rstrip(".")
            check(f"{period} {row['clave']}", shown in card, f"{shown} not in {card[:200]}")


RATIOS = ("porcentaje", "conteo_porcentaje", "promedio", "n20")


def check_bases(name):
    listed = [json.loads(line)["clave"] for line in run(simae, "indicadores", "--json", *DATA).splitlines()]
    with open("indicadores.ndjson", "w", encoding="utf-8") as file:
        for key in listed:
            file.write(json.dumps(json.loads(run(simae, "indicadores", key, "--json", *DATA))) + "\n")
    judge = subprocess.run([sys.executable, os.path.join(tools, "page_bases.py"), name, "indicadores.ndjson"],
                           capture_output=True, text=True)
    check(f"{name}, baselines", judge.returncode == 0, judge.stdout[:300])


# ---- The CSV and the workbook ----

def check_csv():
    balance("--periodo", PERIODS[0], "--salida", "b.csv")
    with open("b.csv", encoding="utf-8-sig", newline="") as file:
        read = list(csv.DictReader(file, delimiter=";", strict=True))
    wanted = rows("--periodo", PERIODS[0])
    check("csv, rows", len(read) == len(wanted), len(read))
    for mine, row in zip(read, wanted):
        same = all(mine[k] == str(v) or float(mine[k]) == v for k, v in row.items())
        check(f"csv, {row['clave']}", same, mine)


def check_book(period):
    balance("--periodo", period, "--salida", "b.xlsx")
    run("soffice", f"-env:UserInstallation=file://{out}/perfil", "--headless", "--convert-to", FILTER, "b.xlsx")
    run("soffice", f"-env:UserInstallation=file://{out}/perfil", "--headless", "--convert-to", "pdf:calc_pdf_Export", "--outdir", "libro", "b.xlsx")
    with open("b-Indicadores.csv", encoding="utf-8-sig", newline="") as file:
        cells = {row["Clave"]: row for row in csv.DictReader(file, delimiter=";")}
    for row in rows("--periodo", period):
        mine = cells.get(row["clave"])
        if mine is None or "Reservado" in mine["Aviso"]:
            continue
        if row.get("aviso") == "Muy pocos para mostrarlo":
            check(f"book, {row['clave']} hidden", mine["Valor"] == "muy pocos" and not mine["n"], mine)
        elif "valor" in row:
            value = float(mine["Valor"].rstrip("%"))
            check(f"book, {row['clave']}", abs(value - row["valor"]) < 0.06 and int(float(mine["n"])) == row["n"], mine)
    check("book, an explanation of each", len(open("b-Explicación.csv", encoding="utf-8-sig").readlines()) > len(cells), "")
    pages = colours("libro/b.pdf", SERIES, 60)
    check("book, charts in LibreOffice's PDF", pages >= 3, f"on {pages} pages")


shutil.rmtree(out, ignore_errors=True)
os.makedirs(out)
os.chdir(out)
os.environ["LC_ALL"] = "C.UTF-8"
DATA = ("--datos", os.path.join(out, "ugel"))
run(simae, "demo", "--preparar", "--dir", "ugel")
for period in PERIODS:
    balance("--periodo", period, "--salida", f"{period}.html")
    look_at_figures(look_at(f"{period}.html"), period)
    balance("--periodo", period, "--formato", "poster", "--salida", f"{period}-poster.html")
    look_at(f"{period}-poster.html", 1)
check_bases(f"{PERIODS[0]}.html")
balance("--periodo", "2026", "--por", "nivel", "--salida", "nivel.html")
look_at("nivel.html")
check_csv()
if shutil.which("soffice"):
    check_book(PERIODS[0])
else:
    print("  SKIP    page-check: no soffice here, the workbook is not looked at (Debian: libreoffice-calc)")
print(f"  {'FAIL' if faults else 'PASS'}    page-check: {passed} passed, {len(faults)} failed")
sys.exit(bool(faults))
