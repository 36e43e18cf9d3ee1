// Written again, the same words would be laid out again.

/** Have `element` say `words`. */
export function setText(element, words) {
  if (element.textContent !== words) element.textContent = words;
}
