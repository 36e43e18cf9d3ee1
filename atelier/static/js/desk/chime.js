// One soft chime when the time is up, off unless asked for.

import { isOn } from "./settings.js";

let audio = null;
let before = "";

/** Sound when the clock that was running comes to its end. */
export function mountChime(root) {
  // Browsers let a page sound only after a gesture in it.
  root.addEventListener("pointerdown", () => isOn("chime") && ready());
  document.addEventListener(
    "atelier:setting",
    (event) => event.detail.name === "chime" && event.detail.on && chime(),
  );
  document.addEventListener("atelier:clock", (event) => {
    if (event.detail.status === "over" && before === "running" && isOn("chime")) chime();
    before = event.detail.status;
  });
}

function ready() {
  const Audio = window.AudioContext || window.webkitAudioContext;
  if (Audio && !audio) audio = new Audio();
  if (audio && audio.state === "suspended") audio.resume();
  return audio;
}

function chime() {
  if (!ready()) return;
  note(523.25, 0);
  note(659.25, 0.28);
}

function note(frequency, after) {
  const start = audio.currentTime + after;
  const sound = audio.createOscillator();
  const volume = audio.createGain();
  sound.frequency.value = frequency;
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(0.2, start + 0.03);
  volume.gain.exponentialRampToValueAtTime(0.001, start + 1.6);
  sound.connect(volume).connect(audio.destination);
  sound.start(start);
  sound.stop(start + 1.7);
}
