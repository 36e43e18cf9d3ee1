// A presenter’s remote sends Page Down and Page Up: the next thing to show, the one before. First the pages of what the wall
// shows; then, while a group presents, its actions, then the next group; action by action over all groups, the actions; at other
// moments the sheets of the groups, one after the other.

/** Go on by one (`by` 1), or back (-1). Through the buttons, which may rest. */
export function step(by) {
  const page = document.querySelector(`#desk-wall-now [data-keep=${by > 0 ? "page-after" : "page-before"}]`);
  [page, ...things(by)].find((each) => each && !each.closest("[hidden]"))?.click();
}

function things(by) {
  const { phase, presenting, scene } = document.body.dataset;
  if (phase === "report-back") return reporting(by, Number(presenting));
  return phase === "synthesis" && scene === "across" ? [spokenOf(by)] : sheets(by);
}

// In the order in which the desk has them: perhaps those to discuss first.
function spokenOf(by) {
  const shown = [...document.querySelectorAll(".together__show")];
  const at = shown.findIndex((each) => each.matches("[aria-current]"));
  return at < 0 ? undefined : shown[at + by];
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
