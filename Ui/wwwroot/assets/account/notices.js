// What is to be said above every section of the account: that the address is not verified yet, and that a second
// factor is owed.

import { call, isProblem, problemOf } from "../api.js";
import { announce, say } from "../dom.js";
import { busy } from "../forms.js";

/** Wires the notices; answers what shows those that are due. */
export function wireNotices(parts, act) {
  const { unverified, restricted } = parts;
  parts["send-again"].addEventListener("click", async () => {
    const sentence = await sendAgain(parts["send-again"], act);
    if (sentence) {
      say(parts["sent-again"], sentence);
      announce(sentence);
    }
  });

  return {
    render: (me) => {
      // One step after the other: a second factor is added to a verified address alone.
      unverified.hidden = me.emailVerified !== false;
      restricted.hidden = me.next !== "second-factor-setup" || !unverified.hidden;
    },
  };
}

// What came of it in words, or null when nobody is there to hear it.
async function sendAgain(button, act) {
  busy(button, true);
  const answer = await act(() => call("POST", "/email/verification"));
  busy(button, false);
  if (!answer) {
    return null;
  }
  if (isProblem(answer, "already-verified")) {
    return "Your address is verified already.";
  }
  return answer.ok ? "The mail is on its way. It can take a minute." : problemOf(answer);
}
