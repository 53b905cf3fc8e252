// Proving the new address of an account with the link from the mail that was sent to it. Who can read that mail need
// not be who the account belongs to: that takes a session of it.

import { call, notSignedIn } from "../api.js";
import { copyOf, show } from "../dom.js";
import { wireForm } from "../forms.js";
import { showOutcome } from "./outcome.js";
import { takeToken, whenRefused } from "./token.js";

/** The token of somebody who has to sign in first. */
let kept = null;

/** The page; `signIn` asks for a sign-in with a sentence above it, and comes back here after it. */
export function showNewAddress(me, signedIn, signIn) {
  const token = takeToken() ?? kept;
  kept = null;
  const first = () => {
    kept = token;
    signIn("Sign in to the account whose address is to change. Then you can confirm the new one.");
  };
  if (!token) {
    linkRefused();
  } else if (signedIn) {
    confirm(me, token, first);
  } else {
    first();
  }
}

function confirm(me, token, signIn) {
  const { fragment, parts } = copyOf("new-address-view");
  const refused = whenRefused(linkRefused);
  parts.who.hidden = !me;
  parts.email.textContent = me?.email ?? "";
  wireForm(parts.form, {
    send: () => call("POST", "/email/change/confirm", { token }),
    done: (answer) => showOutcome({
      title: "Your address is changed",
      text: `From now on you sign in as ${answer.body.email}.`,
      link: ["Go to your account", "/account/address"],
    }),
    refused: (answer) => {
      if (notSignedIn(answer)) {
        signIn();
        return true;
      }
      return refused(answer);
    },
  });
  show(fragment, "Confirm your new address");
  parts.heading.focus();
}

function linkRefused() {
  showOutcome({
    title: "This link is not valid any more",
    text: "Each link is good once, for a short while, and for the account that asked for it alone. Change the address " +
      "again to get a new one.",
    link: ["Go to your account", "/account/address"],
  });
}
