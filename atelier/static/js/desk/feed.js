// Sorts what arrives into the feed, and asks for other pages of it. While a finger or the keyboard is in it nothing
// moves: what is new waits above.

import { giveFocusBack } from "../live/keep-focus.js";
import { fetchWithin } from "../live/fetch-json.js";
import { meaningsIn, restChanged } from "../live/press-guard.js";
import { recall, remember } from "../live/storage.js";

const ANSWER_MS = 15000;

const waiting = new Map();

let seen = 0;

/** Follow the texts that arrive, and the filters above them. */
export function mountFeed(root) {
  const list = () => root.querySelector("#desk-feed");
  const fresh = root.querySelector("[data-atelier-fresh]");
  const form = root.querySelector("[data-atelier-feed-filter]");
  document.addEventListener("atelier:changed", () => {
    const arrived = root.querySelector("#desk-feed-arrived");
    for (const part of arrived.querySelectorAll("[data-arrived]")) sortIn(list(), part, form);
    arrived.textContent = "";
    for (const id of waiting.keys()) if (document.getElementById(id)) waiting.delete(id);
    tell(list(), fresh, form);
  });
  fresh.addEventListener("click", () => release(list(), fresh, form));
  const feed = fresh.parentElement;
  // Once the event is over: only then does the page know that the pointer or the focus has gone.
  for (const name of ["pointerleave", "focusout"]) {
    feed.addEventListener(name, () => setTimeout(() => !busy(list()) && release(list(), fresh, form), 50));
  }
  mountFilter(root, form, list, fresh);
  mountHidden(root, form);
  tell(list(), fresh, form);
}

function mountFilter(root, form, list, fresh) {
  const key = `atelier:vu:${root.dataset.code}:fil`;
  seen = Number(recall("localStorage", key)) || 0;
  const more = root.querySelector("[data-atelier-more]");
  const ask = async (before) => {
    const query = new URLSearchParams(new FormData(form));
    query.set("depuis", form.elements.nouveau.checked ? seen + 1 : 0);
    if (before) query.set("avant", `${before.dataset.at}/${before.dataset[before.dataset.kind]}`);
    const { ok, body } = await fetchWithin(
      ANSWER_MS,
      `${form.dataset.atelierFeedFilter}?${query}`,
      {},
      (answer) => answer.text(),
    );
    if (!ok) return;
    const page = new DOMParser().parseFromString(body, "text/html").querySelectorAll("#desk-feed > li");
    if (!before) list().textContent = "";
    list().append(...Array.from(page, (item) => document.importNode(item, true)));
    more.hidden = page.length < Number(form.dataset.page);
    tell(list(), fresh, form);
  };
  const asked = (before) => ask(before).catch(() => undefined);
  more.hidden = list().children.length < Number(form.dataset.page);
  more.addEventListener("click", () => asked(list().lastElementChild));
  form.addEventListener("change", () => asked(null));
  form.addEventListener("submit", (event) => event.preventDefault());
  root.querySelector("[data-atelier-seen]").addEventListener("click", () => {
    seen = Math.max(seen, ...Array.from(list().children, (item) => Number(item.dataset.at)));
    remember("localStorage", key, `${seen}`);
    if (form.elements.nouveau.checked) asked(null);
    tell(list(), fresh, form);
  });
}

// Where it went: what was hidden can be found again from the line that says so.
function mountHidden(root, form) {
  const show = () => {
    form.reset();
    form.elements.genre.value = "hidden";
    form.dispatchEvent(new Event("change"));
    root.querySelector('.remote [data-atelier-tab="idees"]')?.click();
  };
  root.addEventListener("atelier:acknowledged", (event) => {
    if (!/^hide-/.test(event.target.dataset.act)) return;
    const toast = root.querySelector("[data-atelier-toast]");
    toast.textContent = "Masqué partout, sauf pour son auteur·rice. ";
    const again = document.createElement("button");
    again.type = "button";
    again.className = "button button--small";
    again.textContent = "Retrouver ici";
    again.addEventListener("click", show);
    toast.append(again);
  });
}

function matches(item, form) {
  const { genre, groupe, action, nouveau } = form.elements;
  const kind = genre.value;
  return (
    (groupe.value === "0" || item.dataset.group === groupe.value) &&
    (!action.value || item.dataset.line === `${item.dataset.group}/${action.value}`) &&
    (!nouveau.checked || Number(item.dataset.at) > seen) &&
    (!kind || item.dataset.kind === kind || item.matches(`.initiative--${kind}`))
  );
}

// One text, or all those of a line, of a group: what stands in the feed and is not among them is no more.
function sortIn(list, part, form) {
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
    if (!matches(item, form)) continue;
    if (busy(list)) waiting.set(item.id, item);
    else insert(list, item);
  }
}

function replace(shown, item) {
  const before = meaningsIn(shown);
  shown.replaceWith(item);
  restChanged(item, before);
  giveFocusBack();
}

function insert(list, item) {
  const at = Number(item.dataset.at);
  const older = [...list.children].find((shown) => Number(shown.dataset.at) <= at);
  list.insertBefore(item, older || null);
}

function release(list, fresh, form) {
  for (const item of waiting.values()) insert(list, item);
  waiting.clear();
  tell(list, fresh, form);
}

function tell(list, fresh, form) {
  const several = waiting.size > 1;
  fresh.hidden = waiting.size === 0;
  fresh.textContent = `${waiting.size} ${several ? "nouveaux textes" : "nouveau texte"} ↑`;
  list.parentElement.toggleAttribute("data-empty", list.children.length === 0);
  const recent = [...list.children, ...waiting.values()].filter((item) => Number(item.dataset.at) > seen);
  form.closest(".feed__head").querySelector("[data-atelier-new-count]").textContent = recent.length
    ? `· ${recent.length} nouveau${recent.length > 1 ? "x" : ""}`
    : "";
}

function busy(list) {
  return list.matches(":hover") || list.contains(document.activeElement);
}
