"""Bundles mean what their sources mean, in fewer bytes; what they do not understand they refuse."""

import re

import pytest

from atelier.web.render import bundles
from atelier.web.render.assets import CSS, STYLE_ONLY, Assets, sheets_of
from atelier.web.render.bundles import STATIC, BadAsset, compact, joined, script, stripped


@pytest.mark.parametrize(
    ("css", "shorter"),
    [
        ("a {\n  color : red ;\n  top: 0;\n}\n", "a{color :red;top:0}"),
        ("a :hover , b > c { }", "a :hover,b > c{}"),
        ("a{width:calc(100% - 2 * var(--x))}", "a{width:calc(100% - 2 * var(--x))}"),
        ('a::after{content:" ; } /* no */ "}', 'a::after{content:" ; } /* no */ "}'),
        (r"""a::after{content:"\" ; "; top : 0}""", r"""a::after{content:"\" ; ";top :0}"""),
        ("a /* one */ b{}", "a b{}"),
        ("a/* one */.b{}", "a/**/.b{}"),
        ("a{/* one */;top:0;/* two */}", "a{;top:0}"),
        ("a{background:url(data:image/png;base64,x)}", "a{background:url(data:image/png;base64,x)}"),
        ("@media (a) and (b: 1px) { c { top: 0 } }", "@media (a) and (b:1px){c{top:0}}"),
    ],
)
def test_styles_lose_what_means_nothing(css: str, shorter: str) -> None:
    assert compact(css) == shorter


@pytest.mark.parametrize(
    ("source", "shorter"),
    [
        ("if (a) {\n  b();\n}\n", "if (a) {\nb();\n}\n"),
        ("// why\na();\n  // why again\n  b();\n", "a();\nb();\n"),
        ("/** What\n *  it is. */\na();\n", "a();\n"),
        ("/* a */ b();\n/* c */\nd();\n", "/* a */ b();\nd();\n"),
        ('a("// not why"); // why\n', 'a("// not why"); // why\n'),
        ("a(`/* ${b} // `);\n", "a(`/* ${b} // `);\n"),
    ],
)
def test_scripts_lose_what_means_nothing(source: str, shorter: str) -> None:
    assert stripped(source) == shorter


@pytest.mark.parametrize(
    ("source", "shorter"),
    [
        ("a(\nb,\n\nc,\n);\nif (d) {\ne();\n}\nf();\n", "a(b,c,);if (d) {e();}\nf();"),
        ("return\na\n+ b;\n", "return\na\n+ b;"),
        ('a("http://b"); // why;\nc();\n', 'a("http://b"); // why;\nc();'),
    ],
)
def test_lines_are_joined_where_a_new_one_means_nothing(source: str, shorter: str) -> None:
    assert joined(source) == shorter


@pytest.mark.parametrize("source", ["a(`\n  // text\n`);\n", 'a("one \\\n  // two");\n'])
def test_a_text_over_several_lines_is_refused(source: str) -> None:
    with pytest.raises(BadAsset, match="several lines"):
        stripped(source)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Static files of its own."""
    monkeypatch.setattr(bundles, "STATIC", tmp_path)

    def put(**sources: str):
        for name, source in sources.items():
            path = tmp_path / name.replace("__", "/")
            path.parent.mkdir(exist_ok=True)
            path.with_suffix(".js").write_text(source)
        return tmp_path / "js" / "start.js"

    return put


def test_a_script_holds_what_it_imports_the_vendored_in_front(folder) -> None:
    entry = folder(
        js__start='import { two as deux } from "./two.js";\nimport "../vendor/old.js";\ndeux();\n',
        js__two='import { one } from "../vendor/new.js";\nexport function two() {\n  return one();\n}\n',
        vendor__new="const a=()=>1,b=2;export{a as one,b as default};\n//# sourceMappingURL=new.js.map\n",
        vendor__old="var old=function(){return 3}();",
    )
    assert script(entry).splitlines() == [
        "var old=function(){return 3}();",
        "(() => {",
        '"use strict";',
        "const modules = [];",
        "modules[0] = (() => {",
        "const a=()=>1,b=2;",
        "return { one: a, default: b };",
        "})();",
        "modules[2] = (() => {",
        "const { one } = modules[0];function two() {return one();}",
        "",
        "return { two };",
        "})();",
        "modules[3] = (() => {",
        "const { two: deux } = modules[2];deux();",
        "return {  };",
        "})();",
        "})();",
    ]


@pytest.mark.parametrize(
    ("sources", "complaint"),
    [
        ({"js__start": 'import { a } from "./none.js";\n'}, "does not exist"),
        ({"js__start": 'import a from "./start.js";\n'}, "a form that the bundle does not know"),
        ({"js__start": "export default 1;\n"}, "a form that the bundle does not know"),
        (
            {"js__start": 'import { a } from "./two.js";\n', "js__two": 'import { b } from "./start.js";\n'},
            "import cycle",
        ),
    ],
)
def test_what_a_bundle_does_not_understand_is_refused(folder, sources, complaint) -> None:
    with pytest.raises(BadAsset, match=complaint):
        script(folder(**sources))


def test_every_surface_has_one_style_and_one_script() -> None:
    assets = Assets()
    for surface in CSS:
        for kind in ("css",) if surface in STYLE_ONLY else ("css", "js"):
            assert assets.url(f"{surface}.{kind}").endswith(f"/{surface}.{kind}")


@pytest.mark.parametrize(
    ("surface", "display"), [("home", "optional"), ("phone", "optional"), ("wall", "swap"), ("desk", "swap")]
)
def test_a_late_font_moves_nothing_on_pages_that_are_read_while_they_load(surface: str, display: str) -> None:
    assets = Assets()
    *_, digest, name = assets.url(f"{surface}.css").split("/")
    found = assets.find(digest, name)
    assert found is not None
    assert set(re.findall(r"font-display:(\w+)", found.body.decode())) == {display}


def test_every_style_sheet_is_part_of_a_page() -> None:
    listed = {path for surface in CSS for path in sheets_of(surface)}
    written = {path for path in (STATIC / "css").rglob("*.css") if path.parent.name != "print"}
    assert written - listed == set()
