// What a phone’s connection is made with: fetched after its first page, of which it would be a sixth.

import { io } from "../vendor/socket.io-4.8.4.esm.min.js";

window.io = io;
