// The vote on a phone: what is voted for, one’s dots on it, sent by the outbox of the page.

import { mountVote } from "./vote/ballot.js";

mountVote(document.getElementById("vote"));
