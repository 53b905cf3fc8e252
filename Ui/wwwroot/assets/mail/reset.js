// Choosing a new password with the link from a mail. Opening the page changes nothing.

import { call } from "../api.js";
import { copyOf, show } from "../dom.js";
import { wireForm } from "../forms.js";
import { hintStrength } from "../strength.js";
import { showOutcome } from "./outcome.js";
import { showAddressee, whenRefused } from "./token.js";

export function showReset(token) {
  if (!token) {
    linkRefused();
    return;
  }

  const { fragment, parts } = copyOf("reset-view");
  const { form } = parts;
  showAddressee(parts.account);
  wireForm(form, {
    missing: { password: "Enter a password." },
    send: () => call("POST", "/password/reset", { token, password: form.password.value }),
    done: () => {
      form.reset();
      showOutcome({
        title: "Your password is changed",
        text: "Your account is signed out everywhere. Sign in with the new password.",
        link: ["Sign in", "/login"],
      });
    },
    refused: whenRefused(linkRefused),
  });
  hintStrength(form.password, () => [form.username.value]);
  show(fragment, "Choose a new password");
  form.password.focus();
}

function linkRefused() {
  showOutcome({
    title: "This link is not valid any more",
    text: "Each link is good once, and for a short while. Ask for a new one, and take the latest mail.",
    link: ["Ask for a new link", "/forgot"],
  });
}
