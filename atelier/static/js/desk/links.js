// Shows one secret link in a panel: when it is asked for, and once it was made. The desk stays where it is.

import { copyText } from "../live/clipboard.js";
import { fetchWithin } from "../live/fetch-json.js";
import { lastSent } from "./form-posts.js";
import { showPanel } from "./panels.js";
import { showToast } from "./toast.js";

const ANSWER_MS = 10000;

/** Follow what is pressed and made below `root`. */
export function mountLinks(root) {
  root.addEventListener("click", (event) => {
    const asked = event.target.closest("[data-atelier-link]");
    const copied = event.target.closest("[data-atelier-copy]");
    if (asked) event.preventDefault();
    if (asked) showLink(root, asked.getAttribute("href"));
    if (copied) copyLink(copied);
  });
  root.addEventListener("atelier:acknowledged", ({ target }) => {
    if (target.dataset.act !== "issue-key") return;
    showLink(root, `/animer/${root.dataset.code}/liens/${lastSent(target).get("op")}`);
  });
  // A key that was shown does not stay in the page.
  root.querySelector("#lien").addEventListener("close", ({ target }) => put(target, ""));
}

async function showLink(root, address) {
  try {
    const { ok, body } = await fetchWithin(ANSWER_MS, `${address}?volet=1`, {}, (answer) => answer.text());
    if (!ok) throw new Error(address);
    put(root.querySelector("#lien"), body);
    showPanel("lien");
  } catch {
    showToast(
      root,
      "Ce lien ne peut pas être montré ici. S’il vient d’un autre ordinateur, faites-en un nouveau.",
    );
  }
}

function put(panel, html) {
  panel.querySelector("[data-atelier-shown-link]").innerHTML = html;
}

async function copyLink(button) {
  const field = document.getElementById(button.dataset.atelierCopy);
  if (await copyText(field.value)) button.lastChild.textContent = "Copié";
}
