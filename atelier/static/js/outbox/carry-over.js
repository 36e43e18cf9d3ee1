// Packs a seat and an outbox into a link to another address of the same laptop, and unpacks them: into its fragment,
// which reaches no server and no log. Pure.

const LARGEST = 200000;
const ADDRESS = /^(?:(https?):\/\/)?([a-z0-9.-]{1,253}|\[[0-9a-f:]+\])(:[0-9]{1,5})?\/?$/i;

/** Return the origin that somebody typed as they read it on the wall, or "" when it is not an address. */
export function originOf(typed, scheme) {
  const found = ADDRESS.exec(typed.trim());
  if (!found) return "";
  try {
    const { origin, hostname } = new URL(`${found[1] || scheme}://${found[2]}${found[3] || ""}`);
    return hostname ? origin : "";
  } catch {
    return ""; // a port or a number that does not exist
  }
}

/** Return the link to the same workshop at `origin`, with the code to return and what waits; "" when that is too much. */
export function carryOverLink(origin, code, back, queue) {
  const packed = pack(JSON.stringify(queue));
  return packed.length > LARGEST ? "" : `${origin}/r/${code}#retour=${back}&envois=${packed}`;
}

/** Return what such a link carries: { back, queue }, or null. */
export function parseCarryOver(fragment) {
  const found = /^#retour=([A-Z0-9-]{6,8})&envois=([A-Za-z0-9_-]*)$/.exec(fragment);
  if (!found) return null;
  try {
    const queue = JSON.parse(unpack(found[2]));
    return Array.isArray(queue) ? { back: found[1], queue } : null;
  } catch {
    return null;
  }
}

function pack(text) {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte));
  return btoa(bytes.join("")).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function unpack(packed) {
  const bytes = atob(packed.replace(/-/g, "+").replace(/_/g, "/"));
  return new TextDecoder().decode(Uint8Array.from(bytes, (each) => each.charCodeAt(0)));
}
