// Measures the frame that sticks to the top, so that it never hides the field in use, nor takes too much of the screen.

const MOST = 1 / 3;

/** Keep `--frame` at the height of the frame; one that is higher than a third of the screen scrolls with the page. */
export function mountFrameHeight() {
  const frame = document.querySelector(".frame");
  const follow = () => {
    const tall = frame.offsetHeight > innerHeight * MOST;
    document.body.toggleAttribute("data-tall", tall);
    document.documentElement.style.setProperty("--frame", `${tall ? 0 : frame.offsetHeight}px`);
  };
  if (window.ResizeObserver) new ResizeObserver(follow).observe(frame);
  else follow();
  addEventListener("resize", follow);
}
