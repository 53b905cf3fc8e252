// Asking for a mail that lets one choose a new password.

import { call } from "../api.js";
import { copyOf, show } from "../dom.js";
import { wireForm } from "../forms.js";
import { showLookAtMail } from "../entry/lookatmail.js";

export function showForgot() {
  const { fragment, parts } = copyOf("forgot-view");
  const { form } = parts;
  wireForm(form, {
    missing: { email: "Enter your e-mail address." },
    send: () => call("POST", "/password/forgot", { email: form.email.value }),
    done: () => showLookAtMail("forgot", form.email.value),
  });
  show(fragment, "Choose a new password");
  form.email.focus();
}
