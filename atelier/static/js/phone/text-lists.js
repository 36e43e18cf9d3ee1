// A pasted list, taken apart: what a word processor or a message leaves of its lines. Pure; cases in tests/vectors/lists.json.

/** More at once is no list that somebody made. */
const MOST = 20;

const LINES = /\r\n|[\r\n\v\u2028\u2029]/;
const INVISIBLE = /[\ufffc\u200b\u2060\ufeff]/g;
const WORD_BULLETS = /[\uf0b7\uf0a7\uf0a8\uf0d8\uf0fc\uf076\uf06e\uf071]/g;
const TABBED = /^\s*[o§·]\t/;
const BULLET = /^(?:[•‣⁃∙◦▪▫●○■□➢➤·]\s*|[-–—*]\s+)+/;
const INLINE = /\s*[•‣▪]\s*/;
const NUMBER = /^\(?(?:\d{1,2}|[a-z])[.)]\s+/i;

/**
 * Return { items, rest }: what can be sent one by one, at most `limit` characters each, and what cannot, line by line.
 * There are two items at least, or none.
 */
export function listOf(text, limit) {
  const lines = linesOf(text);
  const first = lines.filter(isBulleted).length > 1 ? lines.findIndex(isBulleted) : 0;
  const found = [...new Set(entriesOf(lines.slice(first)))];
  const items = found.filter((each) => Array.from(each).length <= limit).slice(0, MOST);
  if (items.length < 2) return { items: [], rest: "" };
  return {
    items,
    rest: [...lines.slice(0, first), ...found.filter((each) => !items.includes(each))].join("\n"),
  };
}

function linesOf(text) {
  const lines = text.split(LINES).map(cleaned).filter(Boolean);
  return lines.length === 1 && isBulleted(lines[0])
    ? lines[0]
        .split(INLINE)
        .filter(Boolean)
        .map((each) => `• ${each}`)
    : lines;
}

function cleaned(line) {
  const bare = line.replace(INVISIBLE, "").replace(WORD_BULLETS, "•").replace(TABBED, "• ");
  return bare
    .replace(/[^\S\u00a0\u202f]+/g, " ")
    .trim()
    .normalize("NFC");
}

// A line without a bullet goes on with the one above.
function entriesOf(lines) {
  if (lines.every((line) => NUMBER.test(line))) return lines.map((line) => bare(line.replace(NUMBER, "")));
  if (!lines.some(isBulleted)) return lines;
  const joined = [];
  for (const line of lines) {
    if (isBulleted(line) || !joined.length) joined.push(bare(line));
    else joined[joined.length - 1] += ` ${line}`;
  }
  return joined.filter(Boolean);
}

function isBulleted(line) {
  return BULLET.test(line);
}

function bare(line) {
  return line.replace(BULLET, "").trim();
}
