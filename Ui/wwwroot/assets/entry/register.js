// Registering.

import { call } from "../api.js";
import { copyOf, show } from "../dom.js";
import { refuse, wireForm } from "../forms.js";
import { hintStrength } from "../strength.js";
import { showLookAtMail } from "./lookatmail.js";

export function showRegister(onEntered) {
  const { fragment, parts } = copyOf("register-view");
  const { form } = parts;
  wireForm(form, {
    missing: { email: "Enter your e-mail address.", password: "Enter a password." },
    send: () => call("POST", "/register", { email: form.email.value, password: form.password.value }),
    done: (answer) => {
      const address = form.email.value;
      form.reset();
      if (answer.body?.next === "verify-address") {
        showLookAtMail("registered", address);
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
