"""Lay out posters and cards of a page « Qui fait quoi ? » as large as their words allow; draw logos. In the worker."""

import base64
import io
from pathlib import Path
from types import MappingProxyType
from typing import Any
from xml.etree import ElementTree as ET

from atelier import pole_css
from atelier.export import printing
from atelier.export.kit_pages import qr

SIZES_PT = {
    "affiche-a4": (20, 18, 17, 16, 15, 14),
    "affiche-a3": (28, 26, 24, 22, 20, 18, 16, 14),
    "commune-a4": (22, 20, 18, 17, 16, 15, 14),
    "commune-a3": (32, 29, 26, 24, 22, 20, 18, 16, 14),
    "carte-a6": (11, 10, 9.5, 9, 8.5, 8),
}
"""Points of running text, the largest that fits: on a wall never below 14, on a card never below 8."""
LOGO_PIXELS = 1_000
"""Of the longer side of a drawn logo."""
_DRAWING = "logo:drawing"
_NO_DRAWING = frozenset({"script", "image", "foreignObject", "audio", "video", "iframe", "feImage"})


def render_leaflet(leaflet: dict[str, Any], output: Path) -> None:
    """Write a document of the page as a tagged PDF (PDF/UA-1) to `output`."""
    paper = "a6" if leaflet["document"] == "carte" else leaflet["paper"]
    pictures = {f"logo:{n}": _logo(body, leaflet["grey"]) for n, (_, body) in enumerate(leaflet["logos"])}
    own = zip(leaflet["colours"], pole_css.OURS.values(), strict=True)
    colours = pole_css.sheet(*(colour or ours for colour, ours in own)) if any(leaflet["colours"]) else ""
    for whole in (True, False)[leaflet["document"] == "carte" :]:
        html = _html(leaflet, paper, whole)
        for size in SIZES_PT[f"{leaflet['document']}-{paper}"]:
            document = printing.laid_out(html, f":root {{ font-size: {size}pt; }}{colours}", pictures)
            if len(document.pages) <= (1 if whole else 2):
                return printing.save(document, output)
    return printing.save(document, output)


def _html(leaflet: dict[str, Any], paper: str, whole: bool) -> str:
    """Return the document, every text escaped; what is not `whole` has its details overleaf."""
    template = printing.environment().get_template("leaflet.html")
    return template.render(leaflet=leaflet, paper=paper, whole=whole, qr=qr)


def _logo(body: str, grey: bool) -> bytes:
    """Return the PNG of a logo, without its colours on a black and white document."""
    from PIL import Image

    whole = base64.b64decode(body)
    if not grey:
        return whole
    made = io.BytesIO()
    with Image.open(io.BytesIO(whole), formats=["PNG"]) as opened:
        opened.convert("L").save(made, "PNG")
    return made.getvalue()


def write_logo(content: dict[str, Any], output: Path) -> None:
    """Draw an SVG as a PNG on white. Raises ValueError for one that draws nothing."""
    import pypdfium2
    from PIL import Image, ImageChops

    page = printing.laid_out(
        '<html lang="fr"><title>Logo</title><img class="drawing" alt="Logo" src="logo:drawing">',
        "@page { size: 300mm 300mm; margin: 0 } .drawing { display: block; width: 300mm; max-height: 300mm; "
        "object-fit: contain }",
        MappingProxyType({_DRAWING: harmless(base64.b64decode(content["body"]))}),
    )
    held = io.BytesIO()
    page.write_pdf(held)
    with pypdfium2.PdfDocument(held.getvalue()) as document:
        drawn = document[0].render(scale=LOGO_PIXELS / document[0].get_width()).to_pil().convert("RGB")
    box = ImageChops.difference(drawn, Image.new("RGB", drawn.size, "white")).getbbox()
    if box is None:
        raise ValueError("nothing is drawn")
    drawn.crop(box).save(output, "PNG", optimize=True)


def harmless(drawing: bytes) -> bytes:
    """Return an SVG without what is no drawing of its own: scripts, pictures, other documents, what reacts to people.

    Raises ValueError for one that declares entities, ParseError for no XML.
    """
    if b"<!ENTITY" in drawing:
        raise ValueError("entities")
    root = ET.fromstring(drawing)  # noqa: S314 - no entities, and a process with limits
    for parent in root.iter():
        for child in list(parent):
            if _name(child.tag) in _NO_DRAWING or not _inside(child):
                parent.remove(child)
        for name in [each for each in parent.attrib if _name(each).lower().startswith("on")]:
            del parent.attrib[name]
    return ET.tostring(root)


def _name(tag: Any) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _inside(element: ET.Element) -> bool:
    """Tell whether what an element refers to is in the same drawing."""
    return all(value.startswith("#") for name, value in element.attrib.items() if _name(name) == "href")
