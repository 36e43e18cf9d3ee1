// Copies a text, where the browser lets pages do so.

/** Copy `text`; resolve to whether it was. */
export async function copyText(text) {
  try {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch {
    // Refused: by hand, as on plain http.
  }
  return copyByHand(text);
}

// There is no clipboard on plain http: a field is filled, selected and copied.
function copyByHand(text) {
  const field = document.createElement("textarea");
  field.className = "visually-hidden";
  field.value = text;
  // While a dialog is open, nothing outside of it takes the focus.
  (document.querySelector("dialog[open]") || document.body).append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  return copied;
}
