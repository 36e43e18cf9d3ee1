// Whether somebody is in the middle of something on this phone.

const MAKING = "[data-held], [data-composing], .compose--edit";

/** Tell whether a text is in the making or an arm is held: the page must not be reloaded. */
export function isComposing() {
  return Boolean(document.querySelector(MAKING));
}

/** Tell the same, or that a field has the focus: the page must not turn to another section by itself. */
export function isBusy() {
  return isComposing() || Boolean(document.activeElement?.matches("textarea, input:not([type=radio])"));
}
