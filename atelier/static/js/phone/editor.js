// Rewording one's own text. The form stands beside the list, where no change from elsewhere replaces it.

/** Open a form after `list` to reword `text`; one at a time. */
export function openEditor(list, command, fields, text, limit) {
  for (const open of document.querySelectorAll(".compose--edit")) open.remove();
  const template = document.querySelector('[data-template="edit"]');
  const form = document.importNode(template.content, true).querySelector("form");
  for (const [name, value] of Object.entries({ command, ...fields })) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    form.append(field);
  }
  list.after(form);
  const area = form.querySelector("textarea");
  area.dataset.limit = limit;
  area.value = text;
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
  form.querySelector("[data-cancel]").addEventListener("click", () => form.remove());
  form.addEventListener("atelier:sent", () => form.remove());
}
