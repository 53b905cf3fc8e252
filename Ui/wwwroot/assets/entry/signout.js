// An application asks to sign the user out, without a proof that it may: then the user decides.

import { call, problemOf } from "../api.js";
import { copyOf, say, show } from "../dom.js";
import { busy } from "../forms.js";
import { goOn } from "./returning.js";

/**
 * @param {Me} me
 * @param {string | null} sealed The request of the application.
 * @param {{ onStayed: () => void, onSignedOut: () => void }} then
 */
export function showSignOut(me, sealed, { onStayed, onSignedOut }) {
  const { fragment, parts } = copyOf("sign-out-view");
  parts.email.textContent = me.email;
  parts.stay.addEventListener("click", onStayed);
  parts["sign-out"].addEventListener("click", async () => {
    busy(parts["sign-out"], true);
    const answer = await call("POST", "/logout");
    busy(parts["sign-out"], false);
    if (!answer.ok) {
      say(parts.problem, `You are still signed in. ${problemOf(answer)}`);
    } else if (sealed) {
      goOn(sealed);
    } else {
      onSignedOut();
    }
  });
  show(fragment, "Sign out");
  parts.heading.focus();
}
