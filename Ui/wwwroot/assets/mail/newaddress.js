// Proving the new address of an account with the link from the mail that was sent to it, by somebody who is signed
// in to the account: whoever reads the new mailbox by chance gives it to nobody's account.

import { call } from "../api.js";
import { copyOf, show } from "../dom.js";
import { wireForm } from "../forms.js";
import { showOutcome } from "./outcome.js";
import { isFor, whenRefused } from "./token.js";

/** The page for `me`, with the token of the link. */
export function showNewAddress(me, token) {
  if (!token) {
    linkRefused();
    return;
  }
  if (!isFor(token, me)) {
    showOutcome({
      title: "This link is for another account",
      text: `You are signed in as ${me.email}. Sign out there, then open the link again.`,
      link: ["Go to your account", "/account"],
    });
    return;
  }

  const { fragment, parts } = copyOf("new-address-view");
  parts.email.textContent = me.email;
  parts["new-email"].textContent = me.newEmail ?? "the address that the mail came to";
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
