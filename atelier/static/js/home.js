// The front door and the preparation: both work without a script, except coming back from another address.

import { mountReturning } from "./door/returning.js";
import { mountGroupNames } from "./prepare/groups.js";

mountReturning();
mountGroupNames();
