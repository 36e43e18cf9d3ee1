// The clock: the server says what remains, the browser counts down by a clock that nobody can set.

import { setText } from "./set-text.js";

let clock = { status: "stopped", remaining: 0, total: 0, since: 0 };

/** Take what the server says of the clock. */
export function setClock(told) {
  clock = { ...told, since: performance.now() };
  showClock();
}

/** Return the milliseconds left; below zero when time is up. */
export function remainingMs() {
  return clock.status === "running" ? clock.remaining - (performance.now() - clock.since) : clock.remaining;
}

/** Start showing the time in every `[data-clock-text]`. */
export function startClock() {
  setClock(JSON.parse(document.body.dataset.clock || "{}"));
  setInterval(showClock, 250);
}

/** Return « 12:47 » of what remains; « +0:31 », the time that was overrun. The same as `clock_text` on the server. */
export function clockText(ms) {
  const seconds = ms >= 0 ? Math.ceil(ms / 1000) : Math.floor(-ms / 1000);
  return `${ms < 0 ? "+" : ""}${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function showClock() {
  const left = remainingMs();
  const over = clock.status === "running" && left <= 0;
  const status = over ? "over" : clock.status;
  if (document.body.dataset.clockStatus !== status) {
    document.body.dataset.clockStatus = status;
    document.dispatchEvent(new CustomEvent("atelier:clock", { detail: { status } }));
  }
  const text = clockText(left);
  for (const element of document.querySelectorAll("[data-clock-text]")) setText(element, text);
  const total = `${Math.round(clock.total / 60000)}`;
  for (const element of document.querySelectorAll("[data-clock-total]")) setText(element, total);
}
