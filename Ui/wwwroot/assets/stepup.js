// Step-up authentication. Any call may require it: then a dialog opens, and after the authentication the call is made
// again. The server names the combinations of methods that suffice.

import { call, isProblem, notSignedIn } from "./api.js";
import { busy, clearProblems, mark, problem, refuse, wireForm } from "./forms.js";
import { wireCodeField } from "./codefield.js";
import { answerOf } from "./confirm.js";
import { copyOf } from "./dom.js";
import { askForPasskey, passkeyProblem, supported } from "./webauthn.js";

/**
 * The answer of a call whose step-up the user has cancelled.
 *
 * @type {Answer}
 */
const CANCELLED = Object.freeze({ ok: false, status: 0, cancelled: true, body: null, retryAfter: 0 });

/**
 * Makes a call, with a step-up where it needs one. A password that was typed already is used without asking again.
 *
 * @param {() => Promise<Answer>} make
 * @param {Typed} [typed]
 */
export async function guarded(make, { email, password } = {}) {
  const answer = await make();
  if (!isProblem(answer, "step-up-required")) {
    return answer;
  }

  /** @type {string[][]} */
  const accepts = answer.body.accepts ?? [];
  const refused = password && accepts.some((way) => way.join() === "password")
    ? await silently(password)
    : await ask(accepts, email, password);
  return refused ?? make();
}

/** @param {string} password */
async function silently(password) {
  const answer = await call("POST", "/step-up", { password });
  return answer.ok ? null : answer;
}

/**
 * Asks in a dialog. Returns null after the authentication, otherwise the answer of the call.
 *
 * @param {string[][]} accepts
 * @param {string} [email]
 * @param {string} [password]
 * @returns {Promise<Answer | null>}
 */
export function ask(accepts, email, password) {
  const { fragment, parts } = copyOf("step-up-dialog");
  const { dialog, form } = parts;
  const ways = accepts.filter((way) => !way.includes("passkey"));
  const needsPassword = ways.some((way) => way.includes("password"));
  const passkey = supported && accepts.some((way) => way.join() === "passkey");
  const withPassword = !password && needsPassword;
  const code = wireCodeField(form, ways.flat());

  form.username.value = email ?? "";
  parts["password-field"].hidden = !withPassword;
  parts["code-field"].hidden = !code.isAsked;
  parts.fields.hidden = ways.length === 0;
  parts["with-passkey"].hidden = !passkey;
  parts.or.hidden = ways.length === 0;
  parts.nothing.hidden = ways.length > 0 || passkey;

  return new Promise((settle) => {
    /** @type {Answer | null} */
    let outcome = CANCELLED;
    /** @param {Answer | null} how */
    const finish = (how) => {
      outcome = how;
      dialog.close();
    };
    /** @param {Answer} answer */
    const refused = (answer) => {
      if (notSignedIn(answer)) {
        finish(answer);
      } else if (isProblem(answer, "sign-in-refused") && !withPassword) {
        finish(answer);
      } else if (isProblem(answer, "sign-in-refused")) {
        mark(form, { password: ["Incorrect password."] });
      } else {
        refuse(form, answer);
        code.again(answer);
      }
      return true;
    };

    wireForm(form, {
      missing: { password: "Enter your password.", ...code.missing },
      send: () => call("POST", "/step-up", {
        ...(needsPassword && { password: password || form.password.value }),
        ...(code.isAsked && code.value()),
      }),
      done: () => finish(null),
      refused,
    });
    parts.passkey.addEventListener("click", async () => {
      clearProblems(form);
      busy(parts.passkey, true);
      try {
        const options = await call("POST", "/login/passkey/options");
        const proof = options.ok ? await askForPasskey(options) : null;
        const answer = proof ? await call("POST", "/step-up", proof) : options;
        if (!answer.ok) {
          refused(answer);
        } else if (proof) {
          finish(null);
        }
      } catch (error) {
        problem(form, passkeyProblem(error));
      } finally {
        busy(parts.passkey, false);
      }
    });
    parts.cancel.addEventListener("click", () => dialog.close());
    answerOf(fragment, dialog).then(() => settle(outcome));
    (withPassword ? form.password : code.isAsked ? code : parts.passkey).focus();
  });
}
