// What a phone’s connection is made with, and what is seldom asked for: fetched after its first page.

import { io } from "../vendor/socket.io-4.8.4.esm.min.js";
import { mountDefinitions } from "./phone/definitions.js";

window.io = io;
mountDefinitions(document);
