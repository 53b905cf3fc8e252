// Proving the new address of an account with the link from the mail that was sent to it.

import { call } from "../api.js";
import { copyOf, show } from "../dom.js";
import { wireForm } from "../forms.js";
import { showOutcome } from "./outcome.js";
import { takeToken, whenRefused } from "./token.js";

export function showNewAddress() {
  const token = takeToken();
  if (!token) {
    linkRefused();
    return;
  }

  const { fragment, parts } = copyOf("new-address-view");
  wireForm(parts.form, {
    send: () => call("POST", "/email/change/confirm", { token }),
    done: (answer) => showOutcome({
      title: "Your address is changed",
      text: `From now on you sign in as ${answer.body.email}.`,
      link: ["Go to your account", "/account/address"],
    }),
    refused: whenRefused(linkRefused),
  });
  show(fragment, "Confirm your new address");
  parts.heading.focus();
}

function linkRefused() {
  showOutcome({
    title: "This link is not valid any more",
    text: "Each link is good once, and for a short while. Change the address again to get a new one.",
    link: ["Go to your account", "/account/address"],
  });
}
