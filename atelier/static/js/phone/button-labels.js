// Accessible names of the buttons in a list: what each acts on, for those who hear it out of its list.

const LONGEST = 40;

/** Return « Retirer « Un accueil à deux… » ». The first words are cut as by `truncate` in fragments/phone/initiatives.html. */
export function labelFor(verb, text) {
  const letters = Array.from(text.trim());
  const whole = letters.length <= LONGEST;
  const words = letters.slice(0, LONGEST - 1).join("");
  const first = whole ? letters.join("") : `${words.replace(/ [^ ]*$/, "")}…`;
  return `${verb} «\u00a0${first}\u00a0»`;
}

/** Put the buttons of one's own text into `place`. `kind` ("initiative", "mission") and `id` say which text it is. */
export function showOwnButtons(place, kind, id, text) {
  const template = document.querySelector('[data-template="own-initiative"]');
  if (!place.firstChild) place.append(document.importNode(template.content, true));
  const withdraw = place.querySelector("[data-withdraw]");
  withdraw.setAttribute("form", `withdraw-${kind}`);
  withdraw.name = kind;
  withdraw.value = id;
  withdraw.setAttribute("aria-label", labelFor("Retirer", text));
  const move = place.querySelector("[data-move]");
  if (kind === "mission") move?.remove();
  else move.setAttribute("aria-label", labelFor("Déplacer", text));
  place.querySelector("[data-edit]").setAttribute("aria-label", labelFor("Modifier", text));
}
