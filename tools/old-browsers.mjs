// Checks styles and scripts against the oldest browsers of docs/browsers.md, by MDN's compatibility data: those of phones,
// then those of the desk and of the projected screen, which are younger.
//
//   node tools/old-browsers.mjs
//
// Styles: rules, selectors, properties and their keywords; a row with a gap needs its margin in row-gaps.css. Scripts:
// syntax, then every member and global that no interface of these browsers has. What they may lack is in `harmless`.

import { readdirSync, readFileSync } from "node:fs";
import { parse } from "acorn";
import { full } from "acorn-walk";
import bcd from "@mdn/browser-compat-data" with { type: "json" };
import * as csstree from "css-tree";

const sheets = (...names) => names.map((name) => `atelier/static/css/${name}`);
const scriptsIn = (...names) => names.map((name) => `atelier/static/js/${name}`);
const VENDORED = "atelier/static/vendor";

const PHONES = {
  who: "phones",
  oldest: { chrome_android: "80", safari_ios: "13.4", firefox: "78" },
  syntax: 2020,
  gaps: true,
  styles: sheets("base", "home", "phone", "vote"),
  scripts: scriptsIn(
    "home.js",
    "phone.js",
    "connection.js",
    "following.js",
    "vote.js",
    "home",
    "join",
    "live",
    "outbox",
    "phone",
    "prepare",
    "vote",
  ),
  harmless: {
    "forced-color-adjust: none":
      "a contrast theme keeps its own colours for the arms, whose edges are borders",
    "forced-color-adjust": "a contrast theme keeps its own colours for the arms, whose edges are borders",
    "accent-color": "the browser’s own colour of a ticked box",
    "align-content: start": "a card whose last line stands higher",
    hyphens: "soft hyphens break words by default",
    "overflow-wrap: anywhere": "then `break-word`, inherited from body",
    "scroll-margin-top": "a card that is called up stands a little higher",
    "text-size-adjust": "letters as large as the browser wants them",
    "text-underline-offset": "an underline closer to its word",
    "text-wrap": "lines of unequal length",
    "text-wrap: balance": "the same",
    "text-wrap: wrap": "the same",
    "appearance: none": "its prefixed names stand before it",
    ":focus-visible": "in rules of its own: then a ring at every focus, or the browser’s",
    ":has": "in rules of its own, for decoration",
    "print-color-adjust": "its prefixed name stands before it",
    "print-color-adjust: exact": "the same",
    submitter: "outbox/forms.js remembers the button",
  },
};

const SCREENS = {
  who: "desk and wall",
  oldest: { chrome: "109", firefox: "115", safari: "16", safari_ios: "16" },
  syntax: 2022,
  gaps: false,
  styles: sheets("desk", "wall"),
  scripts: scriptsIn("desk.js", "wall.js", "desk", "wall"),
  harmless: {
    "text-wrap": "lines of unequal length",
    "text-wrap: wrap": "the same",
    "content-visibility": "a long feed is drawn as a whole",
    "content-visibility: auto": "the same",
    "contain-intrinsic-size": "the same",
    "@page": "whoever prints turns the paper",
    size: "the same",
    wakeLock: "the screen is not kept awake, and says so",
    released: "of what only that gives",
  },
};

// What our messages and data attributes are called as well.
const OURS = ["to", "transport", "address", "limits", "role", "in", "when"];

const problems = [];
let floor = PHONES;
let used = new Set();

function report(file, node, what) {
  const line = node?.loc?.start.line ?? "?";
  if (what in floor.harmless) used.add(what);
  else problems.push(`${file}:${line}: ${what}`);
}

function isKnown(compat) {
  const support = compat?.__compat?.support;
  return (
    !support ||
    Object.entries(floor.oldest).every(([browser, version]) => hasSince(support[browser], version))
  );
}

function hasSince(statements, version) {
  return [statements].flat().some((each) => {
    // What a browser still lacks today is no matter of age.
    if (!each?.version_added) return true;
    if (each.flags || each.prefix || each.alternative_name) return false;
    if (Number.parseFloat(each.version_removed) <= Number.parseFloat(version)) return false;
    if (each.version_added === "preview") return false;
    const added = String(each.version_added).replace("≤", "");
    return each.version_added === true || Number.parseFloat(added) <= Number.parseFloat(version);
  });
}

// --- Styles

function checkStyles(file, fallbacks) {
  const sheet = csstree.parse(readFileSync(file, "utf-8"), { positions: true });
  csstree.walk(sheet, function visit(node) {
    if (node.type === "Atrule") {
      if (!isKnown(bcd.css["at-rules"][node.name])) report(file, node, `@${node.name}`);
      if (node.name === "supports") return this.skip;
    }
    if (node.type === "PseudoClassSelector" || node.type === "PseudoElementSelector") checkPseudo(file, node);
    if (node.type === "Declaration") checkDeclaration(file, node);
    if (node.type === "Rule" && floor.gaps) checkGap(file, node, fallbacks);
  });
}

function checkPseudo(file, node) {
  if (node.name.startsWith("-")) return;
  const known = bcd.css.selectors[node.name];
  const list = node.children?.first?.type === "SelectorList" && node.children.first.children.size > 1;
  if (known && !isKnown(known)) report(file, node, `:${node.name}`);
  else if (list && ["not", "is", "where"].includes(node.name)) report(file, node, `:${node.name}(a, b)`);
}

function checkDeclaration(file, node) {
  const { property } = node;
  if (property.startsWith("-")) return;
  const known = bcd.css.properties[property];
  if (!isKnown(known)) report(file, node, property in floor.harmless ? property : withKeyword(node));
  const value = csstree.generate(node.value);
  csstree.walk(node.value, (part) => {
    if (part.type === "Identifier" && known && !isKnown(known[part.name]))
      report(file, node, `${property}: ${part.name}`);
    if (part.type === "Function" && part.name !== "var") checkFunction(file, node, part.name);
  });
  if (/\d[dsl]v[hwib]\b/.test(value)) report(file, node, "dvh, svh, lvh");
}

function withKeyword(node) {
  return `${node.property}: ${csstree.generate(node.value)}` in floor.harmless
    ? `${node.property}: ${csstree.generate(node.value)}`
    : node.property;
}

function checkFunction(file, node, name) {
  const known = bcd.css.types[name] || bcd.css.types.color?.[name];
  if (!isKnown(known)) report(file, node, `${name}()`);
}

// Flex rows have gaps since Chrome 84 and Safari 14.1 only.
function checkGap(file, rule, fallbacks) {
  const declared = new Map(
    rule.block.children.toArray().map((each) => [each.property, csstree.generate(each.value || each)]),
  );
  if (!/flex/.test(declared.get("display") || "") || !declared.has("gap")) return;
  for (const selector of rule.prelude.children) {
    const last = csstree.generate(selector).match(/\.[\w-]+(?=[^.]*$)/)?.[0] || csstree.generate(selector);
    if (!fallbacks.includes(last)) report(file, rule, `gap of ${last}, without a margin in row-gaps.css`);
  }
}

// --- Scripts

// A name that several interfaces have is known if one of them had it then: names are all that can be seen from here.
function membersKnown() {
  const known = new Map();
  const note = (name, compat) => known.set(name, known.get(name) || isKnown(compat));
  const interfaces = [...Object.values(bcd.api), ...Object.values(bcd.javascript.builtins)];
  for (const each of interfaces)
    for (const [name, compat] of Object.entries(each)) note(name.replace(/_static$/, ""), compat);
  return known;
}

function checkScript(file, tree, members) {
  full(tree, (node) => {
    if (node.type === "MemberExpression" && !node.computed && members.get(node.property.name) === false)
      report(file, node, node.property.name);
    const { object, property } = node;
    const fixed = object?.type === "Identifier" && bcd.api[object.name]?.[`${property.name}_static`];
    if (fixed && !isKnown(fixed)) report(file, node, `${object.name}.${property.name}`);
    if (node.type === "NewExpression" && node.callee.type === "Identifier")
      checkGlobal(file, node, node.callee.name);
    if (node.type === "CallExpression" && node.callee.type === "Identifier")
      checkGlobal(file, node, node.callee.name);
    if (node.regex && /\(\?<[=!]/.test(node.regex.pattern))
      report(file, node, "a look behind in a regular expression");
  });
}

// What our own objects are made of is not the browser’s.
function namesOf(trees) {
  const names = new Set();
  for (const [, tree] of trees.filter(([, each]) => each))
    full(tree, (node) => node.type === "Property" && !node.computed && names.add(node.key.name));
  return names;
}

function syntax(file) {
  try {
    return parse(readFileSync(file, "utf-8"), {
      ecmaVersion: floor.syntax,
      sourceType: "module",
      locations: true,
    });
  } catch (error) {
    problems.push(`${file}: ${error.message}: a syntax younger than ES${floor.syntax}`);
    return null;
  }
}

function checkGlobal(file, node, name) {
  if (!isKnown(bcd.api[name] || bcd.javascript.builtins[name])) report(file, node, name);
}

function filesOf(place, ending) {
  if (place.endsWith(ending)) return [place];
  return readdirSync(place)
    .filter((name) => name.endsWith(ending))
    .map((name) => `${place}/${name}`);
}

function check(next) {
  floor = next;
  used = new Set();
  const styles = floor.styles.flatMap((place) => filesOf(place, ".css"));
  const fallbacks = styles
    .filter((file) => file.endsWith("row-gaps.css"))
    .map((file) => readFileSync(file, "utf-8"))
    .join("");
  for (const file of styles) checkStyles(file, fallbacks.match(/\.[\w-]+/g) || []);
  const scripts = floor.scripts.flatMap((place) => filesOf(place, ".js")).map((file) => [file, syntax(file)]);
  const members = membersKnown();
  for (const name of [...namesOf(scripts), ...OURS]) members.delete(name);
  for (const [file, tree] of scripts) if (tree) checkScript(file, tree, members);
  for (const reason of Object.keys(floor.harmless))
    if (!used.has(reason)) problems.push(`${floor.who}: nothing uses « ${reason} », which harmless names`);
}

check(SCREENS);
check(PHONES);
for (const file of filesOf(VENDORED, ".js")) syntax(file);

for (const problem of problems) console.error(problem);
if (problems.length) console.error("Younger than the browsers of docs/browsers.md.");
process.exit(problems.length ? 1 : 0);
