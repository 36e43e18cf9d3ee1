// What shows in some phases only, or while the workshop is open: by `hidden`, as fragments/phone/show_if.html wrote it.

/** Follow the phase and the close; mounted before what looks at where things stand. */
export function mountShowIf() {
  document.addEventListener("atelier:changed", show);
}

/** Tell whether `name` is among the names in `list`. */
export function isAmong(name, list) {
  return (list || "").split(" ").includes(name);
}

function show() {
  const { phase, status } = document.body.dataset;
  const now = status === "open" ? "open" : "closed";
  for (const each of document.querySelectorAll("[data-in]")) each.hidden = !isAmong(phase, each.dataset.in);
  for (const each of document.querySelectorAll("[data-when]")) each.hidden = each.dataset.when !== now;
}
