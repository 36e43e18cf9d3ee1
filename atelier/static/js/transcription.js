// A paper sheet typed back: from cell to cell by the keyboard, each line kept as it is typed.

import { mountMoves } from "./transcription/moves.js";
import { mountFollowing } from "./transcription/following.js";
import { mountLines } from "./transcription/lines.js";
import { mountPhoto } from "./transcription/photo.js";

mountPhoto();
const grid = document.querySelector("[data-atelier-grid]");
if (grid) {
  mountLines(grid);
  mountMoves(grid);
  mountFollowing(grid);
}
