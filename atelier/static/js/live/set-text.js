// Parts of the page that are written by scripts.

/** Set the text of `element`, unless it is `words` already: the same words again would cost a layout. */
export function setText(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

/** Put `items` in the place of all that is in `element` (`replaceChildren` is too young for phones of 2020). */
export function setChildren(element, items) {
  element.textContent = "";
  element.append(...items);
}
