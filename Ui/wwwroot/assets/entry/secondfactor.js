// The second step of a sign-in: a code of a second factor, a recovery code, or a passkey.

import { call, isProblem } from "../api.js";
import { copyOf, show } from "../dom.js";
import { busy, clearProblems, problem, refuse, wireForm } from "../forms.js";
import { askForPasskey, passkeyProblem, supported } from "../webauthn.js";
import { wireCodeField } from "../codefield.js";

const tooLate = "Your sign-in timed out. Enter your password again.";

/**
 * `back` returns to the password; `remember` is what was chosen there.
 *
 * @param {string[]} methods
 * @param {boolean} remember
 * @param {() => void} onEntered
 * @param {(sentence?: string) => void} back
 */
export function showSecondFactor(methods, remember, onEntered, back) {
  const { fragment, parts } = copyOf("second-factor-view");
  const { form } = parts;
  const code = wireCodeField(form, methods);
  /** @param {Answer} answer */
  const refused = (answer) => {
    if (isProblem(answer, "login-expired")) {
      back(tooLate);
      return true;
    }
    refuse(form, answer);
    code.again(answer);
    return true;
  };
  wireForm(form, {
    missing: code.missing,
    send: () => call("POST", "/login/second-factor", code.value()),
    done: () => onEntered(),
    refused,
  });

  parts["with-passkey"].hidden = !supported || !methods.includes("passkey");
  parts.passkey.addEventListener("click", async () => {
    clearProblems(form);
    busy(parts.passkey, true);
    try {
      const options = await call("POST", "/login/passkey/options");
      const proof = options.ok ? await askForPasskey(options) : null;
      const answer = proof ? await call("POST", "/login/passkey", { ...proof, remember }) : options;
      if (!answer.ok) {
        refused(answer);
      } else if (proof) {
        onEntered();
      }
    } catch (error) {
      problem(form, passkeyProblem(error));
    } finally {
      busy(parts.passkey, false);
    }
  });
  parts.back.addEventListener("click", () => back());

  show(fragment, "Two-step verification");
  code.focus();
}
