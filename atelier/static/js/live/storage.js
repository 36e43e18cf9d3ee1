// localStorage and sessionStorage without exceptions: where they are full or forbidden, a page goes on without.

/** Return the text that `kind` ("localStorage", "sessionStorage") keeps under `key`, "" when there is none. */
export function recall(kind, key) {
  try {
    return window[kind].getItem(key) || "";
  } catch {
    return "";
  }
}

/** Keep `text` under `key`, the empty text takes the key away; tell whether it is kept. */
export function remember(kind, key, text) {
  try {
    if (text) window[kind].setItem(key, text);
    else window[kind].removeItem(key);
    return true;
  } catch {
    return false; // it lasts as long as the page
  }
}

/** Return the keys under which `kind` keeps something. */
export function keysIn(kind) {
  try {
    return Object.keys(window[kind]);
  } catch {
    return [];
  }
}
