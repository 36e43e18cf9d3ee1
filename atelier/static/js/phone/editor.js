// Rewording one's own text, or putting it elsewhere. The form stands beside the list, where no change from elsewhere replaces it.

/** Open a form after `list` to reword `text`; one at a time. */
export function openEditor(list, command, fields, text, limit) {
  const area = openForm("edit", list, { command, ...fields }).querySelector("textarea");
  area.dataset.limit = limit;
  area.value = text;
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
}

/** Open a form after `list` to put an initiative, now under `action`, under another one. */
export function openMove(list, fields, action) {
  const choice = openForm("move", list, { command: "move-initiative", ...fields }).querySelector("select");
  for (const card of document.querySelectorAll(".card:not([hidden])")) {
    const other = card.dataset.line.split("/")[1];
    const title = card.querySelector(".card__title").textContent.replace(/\s+/g, " ").trim();
    choice.add(new Option(title, other, false, other === action));
  }
  choice.focus();
}

function openForm(template, list, fields) {
  for (const open of document.querySelectorAll(".compose--edit")) open.remove();
  const { content } = document.querySelector(`[data-template="${template}"]`);
  const form = document.importNode(content, true).querySelector("form");
  for (const [name, value] of Object.entries(fields)) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    form.append(field);
  }
  list.after(form);
  // Whoever leaves it goes back to the text.
  const leave = () => {
    form.remove();
    backTo(fields);
  };
  form.querySelector("[data-cancel]").addEventListener("click", leave);
  form.addEventListener("atelier:sent", leave);
  form.addEventListener("keydown", (event) => event.key === "Escape" && leave());
  return form;
}

function backTo({ initiative, mission, command }) {
  const item = initiative ? `[data-initiative="${initiative}"]` : `[data-mission="${mission}"]`;
  document
    .querySelector(`${item} [data-${command === "move-initiative" ? "move" : "edit"}]`)
    ?.focus({ preventScroll: true });
}
