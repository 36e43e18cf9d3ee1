// How long the workshop lasts with these settings, and when it ends: told while preparing, kept nowhere.

const DAY = 24 * 60;

/** Follow the durations, the number of groups and the hour at which one would start. */
export function mountDuration() {
  const place = document.querySelector("[data-atelier-duration]");
  if (!place) return;
  place.hidden = false;
  const form = place.closest("form");
  const tell = () => {
    place.querySelector("[data-atelier-ends]").textContent = words(
      minutesIn(form),
      place.querySelector("input").value,
    );
  };
  form.addEventListener("input", tell);
  tell();
}

function minutesIn(form) {
  const groups = Number(form.elements.groups.value) || 0;
  const fields = [...form.querySelectorAll("[data-atelier-minutes]")];
  const minutes = fields.map(
    (field) => Number(field.value) * (field.dataset.atelierMinutes === "groups" ? groups : 1),
  );
  return minutes.reduce((sum, each) => sum + each, 0);
}

/** « fin vers 14 h 55 : 55 min en tout », of a start « 14:00 ». */
export function words(minutes, start) {
  const hours = Math.floor(minutes / 60);
  const lasts = hours ? `${hours}\u00a0h\u00a0${two(minutes % 60)}` : `${minutes}\u00a0min`;
  const told = `${lasts} en tout, sans l’accueil`;
  if (!/^\d\d:\d\d/.test(start)) return told;
  const end = (Number(start.slice(0, 2)) * 60 + Number(start.slice(3, 5)) + minutes) % DAY;
  return `fin vers ${Math.floor(end / 60)}\u00a0h\u00a0${two(end % 60)}\u00a0: ${told}.`;
}

function two(number) {
  return String(number).padStart(2, "0");
}
