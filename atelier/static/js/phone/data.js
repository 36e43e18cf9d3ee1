// What the page knows of its owner, from the JSON the server wrote in it; refreshed by fetching the page again.

import { setChildren } from "../live/set-text.js";
import { fetchWithin } from "../live/fetch-json.js";

const ANSWER_MS = 15000;

let data = { initiatives: [], missions: [], supported: [], scale: [], poles: {} };
let fetching = null;

/** Read the page's data; call once at start. */
export function readData() {
  take(document);
  return data;
}

/** Return the owner, their texts, their hearts, the scale, the names of the two poles. */
export function phoneData() {
  return data;
}

/** Ask the server again what is personal: after an undo, or when a text of one's own is no longer among the group's. */
export function refreshPersonal() {
  fetching =
    fetching ||
    fetchWithin(ANSWER_MS, location.href, {}, (answer) => answer.text())
      .then(({ ok, body: html }) => {
        if (!ok) return;
        const page = new DOMParser().parseFromString(html, "text/html");
        if (!page.getElementById("phone-data")) return;
        take(page);
        for (const list of page.querySelectorAll("[data-hidden-of]")) replaceHidden(list);
        document.dispatchEvent(new CustomEvent("atelier:personal", { detail: page }));
      })
      .catch(() => undefined)
      .then(() => {
        fetching = null;
      });
  return fetching;
}

function take(page) {
  data = JSON.parse(page.getElementById("phone-data").textContent);
}

function replaceHidden(list) {
  const here = document.querySelector(`[data-hidden-of="${list.dataset.hiddenOf}"]`);
  if (here)
    setChildren(
      here,
      Array.from(list.children, (item) => document.importNode(item, true)),
    );
}
