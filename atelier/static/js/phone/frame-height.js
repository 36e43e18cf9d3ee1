// What stays at the top of the page never hides the field that is being written in, nor takes the screen from it.

const MOST = 1 / 3;

/** Follow the frame: `--frame` is what it holds of the screen; where it would take too much it goes with the page. */
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
