// The front door and the forms of the preparation: only coming back needs a script.

import { mountReturning } from "./door/returning.js";

mountReturning();
