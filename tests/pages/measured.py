"""What a browser measures on a page that it opens once, in one window after another.

axe-core (Deque's checker) comes from npm, at the version and hash that
``npm/package-lock.json`` pins; it runs inside the page, in Chromium.
"""

import re

import pypdfium2

#: The dictionary describes files, whatever the pages are made from; the coded
#: report of the interview is published whatever the answers.
FILES = ("dictionary", "04_interview_coding")
WIDTHS = (1280, 500)
PHONE = {"width": 390, "height": 800}
#: 400 % zoom in a window of 1280 × 1024; and a telephone.
NARROW = {"zoom": (320, 256, 4), "telephone": (320, 640, 1)}

MEASURE = """() => ({
  wide: document.documentElement.scrollWidth - innerWidth,
  broken: [...document.images].filter(i => !i.naturalWidth).length,
  unnamed: [...document.images].filter(i => !i.alt).length,
  images: document.images.length,
  height: document.querySelector("main").getBoundingClientRect().height,
})"""
#: What is read and lies beyond the screen, in the page unfolded.
OUTSIDE = """() => {
  const read = "td, th, caption, figcaption, .source, .badge, .big, main p, main li";
  return [...document.querySelectorAll(read)]
    .filter(part => part.checkVisibility() && !part.closest("thead, .skip"))
    .map(part => [part.textContent.slice(0, 60), part.getBoundingClientRect()])
    .filter(([, place]) => place.width)
    .filter(([, place]) => place.right > innerWidth + 1 || place.left < 0)
    .map(([text]) => text);
}"""
#: How many pixels of the screen a pixel of each figure gets.
SCALES = """() => [...document.querySelectorAll("figure img")]
  .filter(image => image.checkVisibility())
  .map(image => image.clientWidth / image.naturalWidth)"""
UNFOLD = "document.querySelectorAll('details').forEach(fold => fold.open = true)"

STOPS = "a[href], button, summary, [tabindex='0']"
#: Numbers what is shown and asks for the keyboard; notes whatever gets it.
NUMBER = f"""() => {{
  const shown = [...document.querySelectorAll("{STOPS}")]
    .filter(stop => stop.checkVisibility());
  shown.forEach((stop, place) => stop.dataset.stop = place);
  window.reached = [];
  addEventListener("focusin", ({{target}}) => reached.push(
    [target.dataset.stop ?? null, getComputedStyle(target).outlineStyle !== "none"]));
  return shown.length;
}}"""
#: Whatever scrolls sideways although the page does not.
SCROLLING = """() => [...document.querySelectorAll("main *")]
  .filter(part => ["auto", "scroll"].includes(getComputedStyle(part).overflowX))
  .filter(part => part.scrollWidth > part.clientWidth + 1 && part.tabIndex !== 0)
  .map(part => part.outerHTML.slice(0, 80))"""
WIDE = """() => document.scrollingElement.scrollWidth
  - document.scrollingElement.clientWidth"""

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: The rules that look at colours: all that the other scheme changes.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


def violations(page, axe, only=None):
    """Run axe's rules, all or those that are named; give what offends which."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    asked = {"resultTypes": ["violations"]}
    asked["runOnly"] = only or {"type": "tag", "values": TAGS}
    found = page.evaluate("asked => axe.run(asked)", asked)["violations"]
    return [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found]


def plain(text):
    return re.sub(r"\s+", " ", text).strip()


def measured(context, path, axe, *, brief=False):
    """Open a page once; give all that is measured on it, by name.

    In brief, it is neither gone through by keyboard nor printed.
    """
    page, seen, asked = context.new_page(), {}, []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    page.goto(path.as_uri())
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        seen[width] = page.evaluate(MEASURE)
    page.set_viewport_size(PHONE)
    seen["scales"] = page.evaluate(SCALES)
    page.evaluate(UNFOLD)
    seen["outside"] = page.evaluate(OUTSIDE)
    if not brief:
        _go_through(page, seen)
    _narrow(context, page, axe, seen)
    page.set_viewport_size({"width": 1280, "height": 720})
    seen["light"] = axe and violations(page, axe)
    page.emulate_media(color_scheme="dark")
    seen["dark"] = axe and violations(page, axe, COLOURS)
    page.emulate_media(color_scheme="light")
    if not brief:
        _print(page, seen)
    page.close()
    return {**seen, "asked": asked}


def _go_through(page, seen):
    """Go through a telephone's page by keyboard."""
    width, height, _ = NARROW["telephone"]
    page.set_viewport_size({"width": width, "height": height})
    seen["stops"] = page.evaluate(NUMBER)
    for _ in range(seen["stops"]):  # held, it goes on by itself
        page.keyboard.down("Tab")
    page.keyboard.up("Tab")
    seen["reached"] = page.evaluate("reached")
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")


def _narrow(context, page, axe, seen):
    """Look at a narrow window, and zoom in."""
    for name in ("telephone", "zoom"):
        width, height, scale = NARROW[name]
        page.set_viewport_size({"width": width, "height": height})
        session = context.new_cdp_session(page)
        window = {"width": width, "height": height, "deviceScaleFactor": scale}
        shown = {**window, "mobile": False}
        session.send("Emulation.setDeviceMetricsOverride", shown)
        assert page.evaluate("devicePixelRatio") == scale
        seen[name] = page.evaluate(WIDE), page.evaluate(SCROLLING)
        seen[f"{name} axe"] = violations(page, axe) if axe and scale > 1 else []
        session.detach()


def _print(page, seen):
    """Print a page; give its headings, what of the screen stays, and the sheets."""
    seen["headings"] = {
        plain(text) for text in page.locator("h1, h2, h3").all_inner_texts()
    }
    page.emulate_media(media="print")
    of_the_screen = page.locator("nav:visible, summary:visible, .skip:visible")
    seen["printed of the screen"] = of_the_screen.count()
    sheets = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    seen["paper"] = {tuple(map(round, sheet.get_size())) for sheet in sheets}
    seen["last lines"] = []
    for sheet in sheets:
        lines = sheet.get_textpage().get_text_bounded().splitlines()
        seen["last lines"].append(["", *filter(None, map(plain, lines))][-1])
    sheets.close()
