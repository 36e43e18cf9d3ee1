"""Make the templates of the documents to rework, `atelier/export/templates/`: `python -m tools.document_templates`.

The DOCX is python-docx's, cleaned: our page, styles and language. The ODT is what LibreOffice makes of it.
"""

import subprocess
import tempfile
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FOLDER = Path(__file__).resolve().parent.parent / "atelier" / "export" / "templates"
FONT, INK = "Calibri", RGBColor(0x1B, 0x1B, 0x2F)
SIZES = {"Normal": 11, "Title": 22, "Subtitle": 12, "Heading 1": 15, "Heading 2": 12.5, "List Bullet": 11}
SPACES = {"Normal": (0, 6), "Title": (0, 2), "Subtitle": (0, 6), "Heading 1": (16, 3), "Heading 2": (10, 2)}
"""Points before and after a paragraph."""
LINE, RULE = 1.1, "8D8779"
CELL, CELL_PT = "Tableau", 10
"""The style of what stands in a table."""
FOOT_PT = 8


def main() -> None:
    """Write both templates."""
    FOLDER.mkdir(exist_ok=True)
    document = Document()
    _drop_foreign_parts(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(20)
    _speak_french(document.styles.element)
    for name, size in SIZES.items():
        _style(document.styles[name], size)
    for name, (before, after) in SPACES.items():
        _space(document.styles[name].paragraph_format, before, after)
    _in_tables(document.styles)
    _plain_title(document.styles)
    _settings(document.settings.element)
    for line in document.styles["Table Grid"].element.iter(qn("w:tblBorders")):
        for side in line:
            side.set(qn("w:color"), RULE)
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


def _speak_french(styles: Any) -> None:
    """Make French what no style names: cells, the foot."""
    for language in styles.find(qn("w:docDefaults")).iter(qn("w:lang")):
        language.set(qn("w:val"), "fr-FR")


def _settings(settings: Any) -> None:
    """Make Word show it as a document of today: no « mode de compatibilité », tables that end at the margins."""
    for each in settings.iter(qn("w:compatSetting")):
        if each.get(qn("w:name")) == "compatibilityMode":
            each.set(qn("w:val"), "15")
    for language in settings.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), "fr-FR")


def _space(paragraph: Any, before: int, after: int) -> None:
    paragraph.space_before, paragraph.space_after, paragraph.line_spacing = Pt(before), Pt(after), LINE


def _in_tables(styles: Any) -> None:
    inside = styles.add_style(CELL, WD_STYLE_TYPE.PARAGRAPH)
    inside.base_style, inside.quick_style = styles["Normal"], True
    inside.font.size = Pt(CELL_PT)
    inside.paragraph_format.space_after, inside.paragraph_format.line_spacing = Pt(0), 1.0


def _plain_title(styles: Any) -> None:
    """Take the rule below the title away, which LibreOffice draws without a tag (PDF/UA), and letters set apart."""
    styles["Title"].font.bold = True
    for name in ("Title", "Subtitle"):
        element = styles[name].element
        for foreign in ("w:pBdr", "w:numPr", "w:spacing"):
            for each in list(element.iter(qn(foreign))):
                if each.getparent().tag == qn("w:rPr") or foreign != "w:spacing":
                    each.getparent().remove(each)


def _style(style: Any, size: float) -> None:
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), INK
    style.font.italic = False
    marks = style.element.get_or_add_rPr()
    fonts = marks.find(qn("w:rFonts"))
    for of in [each for each in fonts.attrib if each.lower().endswith("theme")]:
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
        for name in (*SIZES, CELL):
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
