// Choosing a new password with the link from an email. Opening the page changes nothing.

import { call } from "../api.js";
import { copyOf, show } from "../dom.js";
import { wireForm } from "../forms.js";
import { hintStrength } from "../strength.js";
import { showOutcome } from "./outcome.js";
import { showRecipient, whenRefused } from "./token.js";

/** @param {string | null} token The token of the link. */
export function showReset(token) {
  if (!token) {
    linkRefused();
    return;
  }

  const { fragment, parts } = copyOf("reset-view");
  const { form } = parts;
  showRecipient(parts.account);
  wireForm(form, {
    missing: { password: "Enter a password." },
    send: () => call("POST", "/password/reset", { token, password: form.password.value }),
    done: () => {
      form.reset();
      showOutcome({
        title: "Your password was changed",
        text: "You were signed out on every device. Sign in with your new password.",
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
    title: "This link is no longer valid",
    text: "Each link works once and for a short time. Request a new one and use the latest email.",
    link: ["Request a new link", "/forgot"],
  });
}
