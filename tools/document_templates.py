"""Make the templates of the documents to rework, `atelier/export/templates/`: `python -m tools.document_templates`.

The DOCX is python-docx's, cleaned: our page, styles and language. The ODT is what LibreOffice makes of it.
"""

import subprocess
import tempfile
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FOLDER = Path(__file__).resolve().parent.parent / "atelier" / "export" / "templates"
FONT, INK = "Calibri", RGBColor(0x1B, 0x1B, 0x2F)
SIZES = {"Normal": 11, "Title": 22, "Subtitle": 12, "Heading 1": 15, "Heading 2": 12.5, "List Bullet": 11}
FOOT_PT = 8


def main() -> None:
    """Write both templates."""
    FOLDER.mkdir(exist_ok=True)
    document = Document()
    _drop_foreign_parts(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(20)
    for name, size in SIZES.items():
        _style(document.styles[name], size)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.LEFT
    document.styles["Footer"].font.size = Pt(FOOT_PT)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = "", "", ""
    properties.language = "fr-FR"
    document.save(str(FOLDER / "texte.docx"))
    _convert()


def _drop_foreign_parts(document: Any) -> None:
    # A picture of somebody else's document, and 400 kB of effects.
    for package in (document.part.package, document.part):
        for key, relation in list(package.rels.items()):
            if relation.reltype.endswith(("/thumbnail", "/stylesWithEffects")):
                del package.rels[key]


def _style(style: Any, size: float) -> None:
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), INK
    style.font.italic = False
    marks = style.element.get_or_add_rPr()
    fonts = marks.find(qn("w:rFonts"))
    for of in [each for each in fonts.attrib if each.endswith("Theme")]:
        del fonts.attrib[of]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "fr-FR")
    for old in marks.findall(qn("w:lang")):
        marks.remove(old)
    marks.append(language)


def _convert() -> None:
    # Every style must be used once to survive.
    with tempfile.TemporaryDirectory() as folder:
        document = Document(str(FOLDER / "texte.docx"))
        for name in SIZES:
            document.add_paragraph(name, style=name)
        document.sections[0].footer.paragraphs[0].add_run("x")
        source = Path(folder) / "texte.docx"
        document.save(str(source))
        command = [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to",
            "odt",
        ]
        subprocess.run([*command, "--outdir", str(FOLDER), str(source)], check=True, capture_output=True)


if __name__ == "__main__":
    main()
