#!/usr/bin/env python3
"""check.py SIMAE OUT: print every form blank, and an acta of each, and look at the paper.

The actas are of the records of tests/fichas (all that can be answered is) and of the demonstration.  Each page is
rendered to PDF by headless Chromium: it may have no more sheets than tests/print/sheets says, every word of it must be
in the PDF, and every word within its margins, so that nothing is clipped.  The text may be no wider than 80 columns.  The PDFs stay in OUT, for eyes.
"""
import glob, html.parser, json, os, re, subprocess, sys, tempfile, unicodedata
import xml.dom.minidom

simae, out = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
tests = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CHROMIUM = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-pdf-header-footer"]
MARGIN = 8  # points; the foot of the page stands in its margin
BOX = r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>'


class Words(html.parser.HTMLParser):
    """The words that a reader sees."""

    def __init__(self):
        super().__init__()
        self.hidden, self.words = 0, []

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in ("style", "title")

    def handle_endtag(self, tag):
        self.hidden -= tag in ("style", "title")

    def handle_data(self, data):
        if not self.hidden:
            self.words += data.split()


def run(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout


def limits():
    """The most sheets by (form, kind); "-" is no limit."""
    found = {}
    for line in open(os.path.join(tests, "print", "sheets")):
        if line.strip() and not line.startswith("#"):
            form, blank, acta = line.split()
            found[form, "blank"], found[form, "acta"] = blank, acta
    return found


def rendered(page, pdf):
    """How many sheets."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(CHROMIUM + ["--user-data-dir=" + profile, "--print-to-pdf=" + pdf, "file://" + page],
                       check=True, capture_output=True, timeout=120)
    return int(re.search(r"^Pages:\s+(\d+)", run("pdfinfo", pdf), re.M).group(1))


def columns(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def complaints(page, pdf, sheets, most):
    """What is wrong with one page."""
    xml.dom.minidom.parseString(open(page, encoding="utf-8").read().split("\n", 1)[1])
    if most != "-" and sheets > int(most):
        yield f"at most {most}"
    reader = Words()
    reader.feed(open(page, encoding="utf-8").read())
    seen = "".join(run("pdftotext", pdf, "-").split())
    lost = sorted({word for word in reader.words if word not in seen and word.strip("□")})
    if lost:
        yield "not in the PDF: " + " ".join(lost[:8])
    mark = re.search(r'class="page"><thead><tr><td>(.*?)</td>', open(page, encoding="utf-8").read())
    if mark and any(mark.group(1) not in sheet for sheet in run("pdftotext", pdf, "-").split("\f")[:-1]):
        yield "a page without its mark"
    boxes = run("pdftotext", "-bbox", pdf, "-")
    width, height = map(float, re.search(r'<page width="([\d.]+)" height="([\d.]+)"', boxes).groups())
    for *corners, word in re.findall(BOX, boxes):
        left, top, right, bottom = map(float, corners)
        if left < MARGIN or top < MARGIN or right > width - MARGIN or bottom > height - MARGIN:
            yield "outside the margins: " + word
            return


def created(data, form, answers, names, seed):
    """The id of a record made of `answers`, with the "@names" in them replaced."""
    text = re.sub(r'"@(\w+)"', lambda name: json.dumps(names[name.group(1)]), json.dumps(answers))
    return run(simae, "registro", "crear", form, "--respuestas", "-", "--concluir", "--datos", data, input=text,
               env={**os.environ, "SIMAE_TEST_SEED": seed}).split()[1]


def filled(data):
    """(form, id) of a complete record of every form of tests/fichas."""
    names = {}
    for file in sorted(glob.glob(f"{tests}/fichas/directorio/*.json")):
        for record in json.load(open(file)):
            names[record["alias"]] = created(data, record["form"], record["answers"], names, record["alias"])
    for file in sorted(glob.glob(f"{tests}/fichas/*/completa.json")):
        form = os.path.basename(os.path.dirname(file))
        yield form, created(data, form, json.load(open(file)), names, form)


def documents(demo, data):
    """(name, form, kind, what to ask simae for, its data folder)."""
    listed = [json.loads(line) for line in run(simae, "formularios", "listar", "--datos", demo, "--json").splitlines()]
    for form in (row["ficha"] for row in listed):
        yield f"{form}-blank", form, "blank", form, demo
        rows = run(simae, "registro", "listar", "--formulario", form, "--datos", demo, "--json").splitlines()
        for i in sorted({0, len(rows) // 2, len(rows) - 1} if rows else ()):
            yield f"{form}-demo{i}", form, "acta", json.loads(rows[i])["codigo"], demo
    for form, record in filled(data):
        yield f"{form}-acta", form, "acta", record, data


def checked(name, form, kind, asked, data, most):
    """Sheets, and what is wrong."""
    page, pdf = f"{out}/{name}.html", f"{out}/{name}.pdf"
    try:
        run(simae, "ficha", asked, "--sensibles", "--datos", data, "--salida", page)
        text = run(simae, "ficha", asked, "--sensibles", "--datos", data)
        sheets = rendered(page, pdf)
        wide = [line for line in text.splitlines() if columns(line) > 80]
        wrong = list(complaints(page, pdf, sheets, most.get((form, kind), "-")))
        return sheets, wrong + ["text wider than 80: " + line for line in wide[:1]]
    except subprocess.CalledProcessError as problem:
        return 0, [(str(problem.stderr) or str(problem)).strip()[-300:]]


def main():
    os.makedirs(out, exist_ok=True)
    failed = n = 0
    most = limits()
    with tempfile.TemporaryDirectory() as top:
        demo, data = f"{top}/demo", f"{top}/datos"
        run(simae, "demo", "--dir", demo, "--preparar", "--semilla", "papel")
        for name, *document in documents(demo, data):
            sheets, wrong = checked(name, *document, most)
            n, failed = n + 1, failed + bool(wrong)
            print(f"  {'FAIL' if wrong else 'PASS':7} {name}: {sheets} p. {'; '.join(wrong)}", flush=True)
    print(f"\n{n - failed} passed, {failed} failed")
    return failed > 0 or n == 0


sys.exit(main())
