// The sign-in, with the password or with a passkey.

import { call, isProblem } from "../api.js";
import { announce, copyOf, say, show } from "../dom.js";
import { busy, clearProblems, problem, refuse, wireForm } from "../forms.js";
import { askForPasskey, offerPasskeys, passkeyProblem, stopWaiting, supported } from "../webauthn.js";
import { showLookAtMail } from "./lookatmail.js";
import { showSecondFactor } from "./secondfactor.js";

/**
 * Shows the sign-in form, with a notice above it if there is one.
 *
 * @param {() => void} onEntered
 * @param {{ notice?: string, email?: string }} [first]
 */
export function showSignIn(onEntered, { notice, email } = {}) {
  const { fragment, parts } = copyOf("sign-in-view");
  const { form } = parts;
  say(parts.notice, notice);
  form.email.value = email ?? "";
  wireForm(form, {
    missing: { email: "Enter your email.", password: "Enter a password." },
    send: () => call("POST", "/login", {
      email: form.email.value,
      password: form.password.value,
      remember: form.remember.checked,
    }),
    done: (answer) => {
      stopWaiting();
      if (answer.body?.next === "second-factor") {
        secondFactor(answer.body.methods ?? []);
      } else {
        form.reset();
        onEntered();
      }
    },
    refused: (answer) => {
      if (isProblem(answer, "email-not-verified")) {
        stopWaiting();
        showLookAtMail("verify-first", form.email.value);
        return true;
      }
      refuse(form, answer);
      if (answer.status === 401) {
        form.password.select();
        form.password.focus();
      }
      return true;
    },
  });

  /** @param {string[]} methods */
  const secondFactor = (methods) => {
    const typed = { email: form.email.value, remember: form.remember.checked };
    /** @param {string} [sentence] */
    const back = (sentence) => showSignIn(onEntered, { notice: sentence, email: typed.email });
    form.reset();
    showSecondFactor(methods, typed.remember, onEntered, back);
  };

  /** @param {PasskeyProof} proof */
  const enter = async (proof) => {
    const answer = await call("POST", "/login/passkey", { ...proof, remember: form.remember.checked });
    if (!form.isConnected) {
      return;
    }
    if (answer.ok) {
      form.reset();
      onEntered();
      return;
    }
    refuse(form, answer);
    offer();
  };
  const offer = () => offerPasskeys(enter);

  parts["with-passkey"].hidden = !supported;
  parts.passkey.addEventListener("click", async () => {
    clearProblems(form);
    stopWaiting();
    busy(parts.passkey, true);
    try {
      const options = await call("POST", "/login/passkey/options");
      const proof = options.ok ? await askForPasskey(options) : null;
      if (proof) {
        await enter(proof);
      } else {
        options.ok || refuse(form, options);
        offer();
      }
    } catch (error) {
      problem(form, passkeyProblem(error));
      offer();
    } finally {
      busy(parts.passkey, false);
    }
  });

  show(fragment, "Sign in");
  if (notice) {
    announce(notice);
  }
  (email ? form.password : form.email).focus();
  offer();
}
