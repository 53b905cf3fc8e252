// The notices above every section of the account: that the email is not verified yet, that a second factor is required,
// and that an application waits for one.

import { call, isProblem, problemOf } from "../api.js";
import { announce, say } from "../dom.js";
import { goBack, waiting } from "../entry/returning.js";
import { busy } from "../forms.js";

/**
 * Wires the notices. `render` shows those that apply.
 *
 * @param {Templates["account-view"]} parts
 * @param {Act} act
 */
export function wireNotices(parts, act) {
  const { unverified, restricted } = parts;
  parts["send-again"].addEventListener("click", async () => {
    const sentence = await sendAgain(parts["send-again"], act);
    if (sentence) {
      say(parts["sent-again"], sentence);
      announce(sentence);
    }
  });

  parts.continue.addEventListener("click", () => goBack());

  return {
    /** @param {Me} me */
    render: (me) => {
      // One step after the other: a second factor needs a verified email.
      unverified.hidden = me.emailVerified !== false;
      restricted.hidden = me.next !== "second-factor-setup" || !unverified.hidden;
      parts.waiting.hidden = !waiting() || !restricted.hidden || !unverified.hidden;
    },
  };
}

/**
 * Returns the outcome in words; null when the page is gone.
 *
 * @param {HTMLButtonElement} button
 * @param {Act} act
 */
async function sendAgain(button, act) {
  busy(button, true);
  const answer = await act(() => call("POST", "/email/verification"));
  busy(button, false);
  if (!answer) {
    return null;
  }
  if (isProblem(answer, "already-verified")) {
    return "Your email is already verified.";
  }
  return answer.ok ? "Email sent. It can take a minute to arrive." : problemOf(answer);
}
