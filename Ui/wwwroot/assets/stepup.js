// Proving anew who is in front of the page. Any call may ask for it: then one dialog opens, and when the proof is
// given, the call is made again. What would do is said by the server.

import { call, isProblem, notSignedIn } from "./api.js";
import { busy, clearProblems, mark, problem, refuse, wireForm } from "./forms.js";
import { wireCodeField } from "./codefield.js";
import { answerOf } from "./confirm.js";
import { copyOf } from "./dom.js";
import { askForPasskey, passkeyProblem, supported } from "./webauthn.js";

/** What a call comes to when the person did not want to prove anything. */
const CANCELLED = Object.freeze({ ok: false, status: 0, cancelled: true, body: null, retryAfter: 0 });

/**
 * Makes a call, and asks for a proof where it needs one. A password that was typed already is used without asking
 * for it again.
 */
export async function guarded(make, { email, password } = {}) {
  const answer = await make();
  if (!isProblem(answer, "step-up-required")) {
    return answer;
  }

  const accepts = answer.body.accepts ?? [];
  const refused = password && accepts.some((way) => way.join() === "password")
    ? await silently(password)
    : await ask(accepts, email, password);
  return refused ?? make();
}

async function silently(password) {
  const answer = await call("POST", "/step-up", { password });
  return answer.ok ? null : answer;
}

/** Asks in a dialog. Answers null when there is a proof, or else what the call comes to without. */
function ask(accepts, email, password) {
  const { fragment, parts } = copyOf("step-up-dialog");
  const { dialog, form } = parts;
  const ways = accepts.filter((way) => !way.includes("passkey"));
  const needs = (...names) => ways.some((way) => names.some((name) => way.includes(name)));
  const passkey = supported && accepts.some((way) => way.join() === "passkey");
  const withPassword = !password && needs("password");
  const withCode = needs("totp", "recovery-code");
  const code = wireCodeField(form, needs("recovery-code"));

  form.username.value = email ?? "";
  parts["password-field"].hidden = !withPassword;
  parts["code-field"].hidden = !withCode;
  parts.fields.hidden = ways.length === 0;
  parts["with-passkey"].hidden = !passkey;
  parts.or.hidden = ways.length === 0;
  parts.nothing.hidden = ways.length > 0 || passkey;

  return new Promise((settle) => {
    let outcome = CANCELLED;
    const finish = (how) => {
      outcome = how;
      dialog.close();
    };
    const refused = (answer) => {
      if (notSignedIn(answer)) {
        finish(answer);
      } else if (isProblem(answer, "sign-in-refused") && !withPassword) {
        finish(answer);
      } else if (isProblem(answer, "sign-in-refused")) {
        mark(form, { password: ["That is not the password of this account."] });
      } else {
        refuse(form, answer);
        code.again(answer);
      }
      return true;
    };

    wireForm(form, {
      missing: { password: "Enter your password.", ...code.missing },
      send: () => call("POST", "/step-up", {
        ...(needs("password") && { password: password || form.password.value }),
        ...(withCode && code.value()),
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
    (withPassword ? form.password : withCode ? code : parts.passkey).focus();
  });
}
