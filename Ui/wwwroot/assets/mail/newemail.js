// Confirming the new email of an account with the link that was sent to it. This needs a session of the account, so that
// another reader of the mailbox cannot confirm it.

import { call } from "../api.js";
import { copyOf, show } from "../dom.js";
import { wireForm } from "../forms.js";
import { showOutcome } from "./outcome.js";
import { isFor, whenRefused } from "./token.js";

/**
 * @param {Me} me
 * @param {string | null} token The token of the link.
 */
export function showNewEmail(me, token) {
  if (!token) {
    linkRefused();
    return;
  }
  if (!isFor(token, me)) {
    showOutcome({
      title: "This link is for another account",
      text: `You are signed in as ${me.email}. Sign out, then open the link again.`,
      link: ["Go to your account", "/account"],
    });
    return;
  }

  const { fragment, parts } = copyOf("new-email-view");
  parts.email.textContent = me.email;
  parts["new-email"].textContent = me.newEmail ?? "the one that this link was sent to";
  wireForm(parts.form, {
    send: () => call("POST", "/email/change/confirm", { token }),
    done: (answer) => showOutcome({
      title: "Your email was changed",
      text: `You now sign in as ${answer.body.email}.`,
      link: ["Go to your account", "/account/email"],
    }),
    refused: whenRefused(linkRefused),
  });
  show(fragment, "Confirm your new email");
  parts.heading.focus();
}

function linkRefused() {
  showOutcome({
    title: "This link is no longer valid",
    text: "Each link works once and for a short time. Change your email again to get a new one.",
    link: ["Go to your account", "/account/email"],
  });
}
