// A presenter’s remote sends Page Down and Page Up: the next thing to show, the one before. While a group presents these are its
// actions, then the next group; action by action over all groups, the actions; at other moments the sheets of the groups, one
// after the other.

/** Go on by one (`by` 1), or back (-1). Through the buttons, which may rest. */
export function step(by) {
  const { phase, presenting } = document.body.dataset;
  const controls = phase === "report-back" ? reporting(by, Number(presenting)) : sheets(by);
  controls.find((each) => each && !each.closest("[hidden]"))?.click();
}

function reporting(by, group) {
  const walk = (name) => document.querySelector(`#desk-walk ${name}`);
  if (document.body.dataset.scene === "across")
    return [walk(by > 0 ? "[data-keep=after]" : "[data-keep=before]")];
  if (by > 0) return [walk("[data-keep=after]"), document.querySelector(".now__turn:not([hidden])")];
  return [
    walk("[data-keep=before]"),
    walk("[form=desk-sheet]"),
    document.querySelector(`.turns [value="${group - 1}"]`),
  ];
}

function sheets(by) {
  const { scene, sceneGroup } = document.body.dataset;
  const to = (scene === "group" ? Number(sceneGroup) : 0) + by;
  const sheet = document.querySelector(`.menu [form=desk-sheet][value="${to}"]`);
  return [sheet, document.querySelector('.scenes [value="overview"]')];
}
