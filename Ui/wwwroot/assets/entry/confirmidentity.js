// An application asks for a new proof of who is there (step-up), in the same session.

import { problemOf } from "../api.js";
import { copyOf, say, show } from "../dom.js";
import { ask } from "../stepup.js";
import { goBack } from "./returning.js";

/**
 * @param {Me} me
 * @param {() => void} onLeft Shows what there is without the application.
 */
export function showConfirmIdentity(me, onLeft) {
  const { fragment, parts } = copyOf("confirm-identity-view");
  parts.email.textContent = me.email;
  const confirm = async () => {
    say(parts.problem, null);
    const refused = await ask(waysOf(me), me.email);
    if (!refused) {
      goBack() || onLeft();
    } else if (!refused.cancelled) {
      say(parts.problem, problemOf(refused));
    }
  };
  parts.confirm.addEventListener("click", confirm);
  show(fragment, "Confirm it's you");
  confirm();
}

/**
 * The combinations of methods that authenticate this user, as strongly as a sign-in would.
 *
 * @param {Me} me
 */
export function waysOf({ hasPassword, factors }) {
  const codes = factors.filter((factor) => factor !== "passkey");
  const withPassword = codes.length > 0 ? codes.map((code) => ["password", code]) : [["password"]];
  return [...(hasPassword ? withPassword : []), ...(factors.includes("passkey") ? [["passkey"]] : [])];
}
