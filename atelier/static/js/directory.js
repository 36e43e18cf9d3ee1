// « Qui fait quoi ? »: the search answers while one types. Without this the form asks the server; the one file has it inside.

(() => {
  const form = document.querySelector("[data-directory-search]");
  if (!form) return;
  const [box, door] = [form.elements.q, form.elements.porte];
  const count = document.querySelector("[data-directory-count]");
  const none = document.querySelector("[data-directory-none]");
  const list = document.querySelector(".directory__list");
  const places = [...list.children];
  const heading = document.getElementById("lieux");

  // As the server folds words (atelier/directory/place.py).
  const fold = (text) => {
    const plain = text.toLowerCase().replace(/œ/g, "oe").normalize("NFD").replace(/\p{M}/gu, "");
    const words = plain.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    return words.map((word) => ({ st: "saint", ste: "sainte" })[word] || word);
  };
  let folded = null;

  const show = () => {
    // When it is first asked for: the page is read before anything is searched in it.
    folded = folded || places.map((place) => ` ${fold(place.textContent).join(" ")}`);
    const wanted = fold(box.value).map((word) => ` ${word}`);
    const fits = places.filter(
      (place, n) =>
        (!door.value || place.dataset.doors.split(" ").includes(door.value)) &&
        wanted.every((word) => folded[n].includes(word)),
    );
    list.textContent = "";
    list.append(...fits);
    const noun = fits.length < 2 ? "lieu" : "lieux";
    const of = fits.length === places.length ? "" : ` sur ${places.length}`;
    count.textContent = `${fits.length} ${noun}${of}`;
    none.hidden = fits.length > 0;
  };

  // A page that the server narrowed down has only those places: typing asks it again.
  if (new URLSearchParams(location.search).toString()) return;
  form.hidden = false;
  box.addEventListener("input", show);
  door.addEventListener("change", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
    heading.focus();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-directory-door], [data-directory-all]");
    if (!link) return;
    event.preventDefault();
    box.value = "";
    door.value = link.dataset.directoryDoor ?? "";
    show();
    heading.scrollIntoView();
    heading.focus();
  });
})();
