// What stays at the top of the page never hides the field that is being written in, nor takes the screen from it.

const MOST = 0.45;
const AIR_PX = 12;

/** Follow the height of the frame: fields come to rest below it; where it takes too much it goes with the page. */
export function mountTop() {
  const frame = document.querySelector(".frame");
  const follow = () => {
    const passing = frame.offsetHeight > innerHeight * MOST;
    frame.classList.toggle("frame--passing", passing);
    document.documentElement.style.scrollPaddingTop = `${AIR_PX + (passing ? 0 : frame.offsetHeight)}px`;
  };
  if (window.ResizeObserver) new ResizeObserver(follow).observe(frame);
  else follow();
  addEventListener("resize", follow);
}
