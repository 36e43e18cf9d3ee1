// The preparation shows as many names as there are groups; a name that would be left out is said, and comes back.

/** Follow the number of groups. */
export function mountGroupNames() {
  const names = document.querySelector("[data-atelier-groups]");
  if (!names) return;
  const count = document.getElementById("groups");
  const inputs = [...names.querySelectorAll("input")];
  document.querySelector("[data-atelier-group-hint]").hidden = true;
  const follow = () => count.value && count.checkValidity() && show(inputs, Number(count.value));
  count.addEventListener("input", follow);
  follow();
}

function show(inputs, wanted) {
  for (const [at, input] of inputs.entries()) {
    input.disabled = at >= wanted;
    input.parentElement.hidden = input.disabled;
  }
  const left = inputs.filter((input) => input.disabled && named(input)).map((input) => input.value.trim());
  document.querySelector("[data-atelier-groups-left]").textContent = left.length ? words(left) : "";
}

function named(input) {
  const name = input.value.trim();
  return name !== "" && name !== input.placeholder;
}

function words(left) {
  const quoted = left.map((name) => `«\u00a0${name}\u00a0»`).join(", ");
  return `Sans groupe\u00a0: ${quoted}. Augmentez le nombre de groupes pour reprendre ${left.length > 1 ? "ces noms" : "ce nom"}.`;
}
