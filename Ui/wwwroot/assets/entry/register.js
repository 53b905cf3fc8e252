// The registration.

import { call } from "../api.js";
import { copyOf, show } from "../dom.js";
import { refuse, wireForm } from "../forms.js";
import { hintStrength } from "../strength.js";
import { showLookAtMail } from "./lookatmail.js";

/** @param {() => void} onEntered */
export function showRegister(onEntered) {
  const { fragment, parts } = copyOf("register-view");
  const { form } = parts;
  wireForm(form, {
    missing: { email: "Enter your email.", password: "Enter a password." },
    send: () => call("POST", "/register", { email: form.email.value, password: form.password.value }),
    done: (answer) => {
      const email = form.email.value;
      form.reset();
      if (answer.body?.next === "verify-email") {
        showLookAtMail("registered", email);
      } else {
        onEntered();
      }
    },
    refused: (answer) => {
      refuse(form, answer);
      if (answer.status === 409) {
        form.email.focus();
      }
      return true;
    },
  });
  hintStrength(form.password, () => [form.email.value]);
  show(fragment, "Create an account");
  form.email.focus();
}
