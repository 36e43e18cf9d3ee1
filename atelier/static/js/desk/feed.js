// Sorts new initiatives into the feed. While a finger or the keyboard is in it nothing moves: new ones wait above.

import { meaningsIn, restChanged } from "../live/press-guard.js";

const waiting = new Map();

/** Follow the initiatives that arrive. */
export function mountFeed(root) {
  const list = () => root.querySelector("#desk-feed");
  const fresh = root.querySelector("[data-atelier-fresh]");
  document.addEventListener("atelier:changed", () => {
    const arrived = root.querySelector("#desk-feed-arrived");
    for (const part of arrived.querySelectorAll("[data-arrived]")) sortIn(list(), part);
    arrived.textContent = "";
    for (const id of waiting.keys()) if (document.getElementById(id)) waiting.delete(id);
    tell(list(), fresh);
  });
  fresh.addEventListener("click", () => release(list(), fresh));
  const feed = fresh.parentElement;
  // Once the event is over: only then does the page know that the pointer or the focus has gone.
  for (const name of ["pointerleave", "focusout"]) {
    feed.addEventListener(name, () => setTimeout(() => !busy(list()) && release(list(), fresh), 50));
  }
  tell(list(), fresh);
}

// One initiative, or all those of a line: what stands in the feed and is not among them is no more.
function sortIn(list, part) {
  const items = new Map([...part.children].map((item) => [item.id, item]));
  const scope = `[data-${part.dataset.arrived}="${part.dataset.name}"]`;
  for (const [id, item] of waiting) if (item.matches(scope)) waiting.delete(id);
  for (const shown of list.querySelectorAll(scope)) {
    const item = items.get(shown.id);
    if (!item) shown.remove();
    else if (item.outerHTML !== shown.outerHTML) replace(shown, item);
    items.delete(shown.id);
  }
  for (const item of items.values()) {
    if (busy(list)) waiting.set(item.id, item);
    else insert(list, item);
  }
}

function replace(shown, item) {
  const focused = shown.contains(document.activeElement);
  const before = meaningsIn(shown);
  shown.replaceWith(item);
  restChanged(item, before);
  const button = focused && item.querySelector("button");
  if (button) button.focus({ preventScroll: true });
}

function insert(list, item) {
  const at = Number(item.dataset.at);
  const older = [...list.children].find((shown) => Number(shown.dataset.at) <= at);
  list.insertBefore(item, older || null);
}

function release(list, fresh) {
  for (const item of waiting.values()) insert(list, item);
  waiting.clear();
  tell(list, fresh);
}

function tell(list, fresh) {
  const several = waiting.size > 1;
  fresh.hidden = waiting.size === 0;
  fresh.textContent = `${waiting.size} ${several ? "nouvelles initiatives" : "nouvelle initiative"} ↑`;
  list.parentElement.toggleAttribute("data-empty", list.children.length === 0);
  list.parentElement.toggleAttribute(
    "data-long",
    list.children.length > Number(list.parentElement.dataset.limit),
  );
}

function busy(list) {
  return list.matches(":hover") || list.contains(document.activeElement);
}
