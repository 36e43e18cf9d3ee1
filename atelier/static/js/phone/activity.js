// Whether somebody is in the middle of something on this phone.

const MAKING = "[data-held], [data-composing], .compose--edit";

/** True while a text is in the making or an arm is held: this page must not be loaded anew. */
export function isComposing() {
  return Boolean(document.querySelector(MAKING));
}

/** True also while a field is ready to be written in: this page must not turn to another section by itself. */
export function isBusy() {
  return isComposing() || Boolean(document.activeElement?.matches("textarea, input:not([type=radio])"));
}
