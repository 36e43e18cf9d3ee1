// Text that is written only when it differs: the same words again would cost a layout.

/** Set the text of `element`, unless it is `words` already. */
export function setText(element, words) {
  if (element.textContent !== words) element.textContent = words;
}
