// Requesting an email with a link to choose a new password.

import { call } from "../api.js";
import { copyOf, show } from "../dom.js";
import { wireForm } from "../forms.js";
import { showLookAtMail } from "../entry/lookatmail.js";

export function showForgot() {
  const { fragment, parts } = copyOf("forgot-view");
  const { form } = parts;
  wireForm(form, {
    missing: { email: "Enter your email." },
    send: () => call("POST", "/password/forgot", { email: form.email.value }),
    done: () => showLookAtMail("forgot", form.email.value),
  });
  show(fragment, "Choose a new password");
  form.email.focus();
}
