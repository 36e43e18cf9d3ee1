// The projected screen in small: the page itself, inert, loaded once its place is in sight, so that a desk on a phone that
// never looks at it holds one socket and no more.

const WIDTH = 1280;

/** Draw the screen in the places `data-atelier-miniature` below `root`. */
export function mountMiniature(root) {
  const place = root.querySelector("[data-atelier-miniature]");
  const seen = new IntersectionObserver(([entry]) => {
    if (!entry.isIntersecting) return;
    if (!place.firstChild) place.append(frame(place.dataset.atelierMiniature));
    fit(place);
  });
  seen.observe(place);
  new ResizeObserver(() => fit(place)).observe(place);
}

function frame(address) {
  const element = document.createElement("iframe");
  element.src = address;
  element.title = "L’écran projeté, en petit";
  element.tabIndex = -1;
  return element;
}

function fit(place) {
  place.style.setProperty("--miniature-scale", place.clientWidth / WIDTH);
}
