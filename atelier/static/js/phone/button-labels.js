// What a button of a list acts on, for those who hear it out of its list.

const LONGEST = 40;

/** « Retirer « Un accueil à deux… » ». The first words are cut as by `truncate` in fragments/phone/ideas.html. */
export function labelFor(verb, text) {
  const letters = Array.from(text.trim());
  const whole = letters.length <= LONGEST;
  const words = letters.slice(0, LONGEST - 1).join("");
  const first = whole ? letters.join("") : `${words.replace(/ [^ ]*$/, "")}…`;
  return `${verb} «\u00a0${first}\u00a0»`;
}

/** Name the two buttons of one's own text, found in `place`. */
export function labelOwnButtons(place, text) {
  place.querySelector("[data-edit]").setAttribute("aria-label", labelFor("Modifier", text));
  place.querySelector("[data-withdraw]").setAttribute("aria-label", labelFor("Retirer", text));
}
