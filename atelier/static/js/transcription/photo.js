// A photo of the paper, made smaller here before it leaves: a camera’s own is ten times what the server takes.

import { fetchJson } from "../live/fetch-json.js";

const BYTES = 400000;
const SIDES = [2200, 1500];
const QUALITIES = [0.85, 0.7, 0.5];
const ANSWER_MS = 60000;

/** Follow the form by which a photo is kept. */
export function mountPhoto() {
  const form = document.querySelector("[data-atelier-photo]");
  if (!form || typeof createImageBitmap !== "function") return;
  for (const each of form.querySelectorAll("[data-atelier-form]")) each.hidden = true;
  for (const each of form.querySelectorAll("[data-atelier-keys]")) each.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    keep(form);
  });
}

async function keep(form) {
  const button = form.querySelector("button");
  if (button.disabled) return;
  button.disabled = true;
  say(form, "La photo est réduite, puis envoyée…");
  try {
    const { ok, body } = await fetchJson(ANSWER_MS, form.getAttribute("action"), {
      method: "POST",
      body: await filled(form),
    });
    // What is typed and not saved yet is found again by the page that comes.
    if (ok) return location.reload();
    say(form, body?.message || "L’Atelier n’a pas répondu comme prévu. Réessayez.");
  } catch {
    say(form, "Pas de réponse de l’ordinateur qui anime. La photo n’est pas gardée\u00a0: réessayez.");
  }
  button.disabled = false;
  return undefined;
}

async function filled(form) {
  const body = new FormData(form);
  const [file] = form.elements.photo.files;
  body.set("photo", await smaller(file), "fiche.jpg");
  return body;
}

// What this browser cannot read is sent as it is: the server says why it does not take it.
async function smaller(file) {
  let picture = null;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return file;
  }
  for (const side of SIDES) {
    const canvas = drawn(picture, Math.min(1, side / Math.max(picture.width, picture.height)));
    for (const quality of QUALITIES) {
      const made = await new Promise((done) => {
        canvas.toBlob(done, "image/jpeg", quality);
      });
      if (made && made.size <= BYTES) return made;
    }
  }
  return file;
}

function drawn(picture, scale) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const brush = canvas.getContext("2d");
  brush.fillStyle = "#fff";
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function say(form, words) {
  form.querySelector("[data-atelier-photo-state]").textContent = words;
}
