"""What people rework: ODT, read back without what wrote it."""

import zipfile
from pathlib import Path

from lxml import etree

from atelier.domain.selectors import visible_initiatives
from tests.support.written import room, written

OF_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OF_TABLES = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def content_of(odt: Path, part: str = "content.xml") -> etree._Element:
    """A part of an ODT, parsed."""
    with zipfile.ZipFile(odt) as archive:
        return etree.fromstring(archive.read(part))


def test_the_odt_has_every_text_real_headings_and_header_rows(tmp_path: Path):
    odt, state = written(tmp_path, "compte-rendu-odt"), room()
    root = content_of(odt)
    said = "\n".join("".join(each.itertext()) for each in root.iter(f"{OF_TEXT}p", f"{OF_TEXT}h"))
    wanted = [
        each.text
        for group in state.groups
        for line in group.lines.values()
        for each in visible_initiatives(line)
    ]
    assert [
        text for text in [*wanted, *(each.what for each in state.decisions.values())] if text not in said
    ] == []
    assert [text for text in ("Cachée", "Retirée", "Prénom", "person-") if text in said] == []
    heads = list(root.iter(f"{OF_TEXT}h"))
    assert "".join(heads[0].itertext()) == "Décisions"
    assert {each.get(f"{OF_TEXT}style-name") for each in heads} == {"Heading_20_1", "Heading_20_2"}
    tables = [
        each for each in root.iter(f"{OF_TABLES}table") if len(list(each.iter(f"{OF_TABLES}table-row"))) > 1
    ]
    assert all(each.find(f"{OF_TABLES}table-header-rows") is not None for each in tables)
    assert b'fo:language="fr"' in etree.tostring(content_of(odt, "styles.xml"))
    assert "fr-FR" in "".join(content_of(odt, "meta.xml").itertext())
