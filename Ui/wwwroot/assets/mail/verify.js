// Proving the address of an account with the link from a mail. The mail alone proves who owns the address, not who
// registered: that takes a session or the password of the account. Who has neither starts over, without what
// somebody else may have put into the account.

import { call, isProblem } from "../api.js";
import { copyOf, show } from "../dom.js";
import { mark, wireForm } from "../forms.js";
import { showOutcome } from "./outcome.js";
import { isFor, showAddressee, whenRefused } from "./token.js";

/** The page for those who are signed in as `me`, or for those who are not, with the token of the link. */
export function showVerify(me, token) {
  if (!token) {
    linkRefused();
  } else if (me && isFor(token, me)) {
    (me.emailVerified ? verified : showForSession)(me, token);
  } else {
    // Whoever is signed in to another account counts as nobody here.
    askOrSay(token);
  }
}

// Without a session, a password and the wish to start over the call changes nothing. It says what would be needed, or
// that the address is verified already.
async function askOrSay(token) {
  const answer = await call("POST", "/email/verification/confirm", { token });
  if (answer.ok) {
    (answer.body?.next === "reset-password" ? startedOver : verified)();
  } else if (isProblem(answer, "link-refused")) {
    linkRefused();
  } else {
    showForPassword(token);
  }
}

function showForSession(me, token) {
  const { fragment, parts } = copyOf("verify-view");
  parts.email.textContent = me.email;
  wireForm(parts.form, confirming(token, () => ({})));
  show(fragment, "Verify your address");
  parts.heading.focus();
}

function showForPassword(token) {
  const { fragment, parts } = copyOf("verify-password-view");
  const { form, over } = parts;
  showAddressee(parts.account);
  const withPassword = confirming(token, () => ({ password: form.password.value }));
  wireForm(form, {
    ...withPassword,
    missing: { password: "Enter the password that you registered with." },
    refused: (answer) => isProblem(answer, "sign-in-refused")
      ? mark(form, { password: ["That is not the password that you registered with."] })
      : withPassword.refused(answer),
  });
  wireForm(over, confirming(token, () => ({ startOver: true })));
  parts["no-password"].addEventListener("click", () => {
    over.hidden = !over.hidden;
    parts["no-password"].setAttribute("aria-expanded", String(!over.hidden));
  });
  show(fragment, "Verify your address");
  form.password.focus();
}

function confirming(token, more) {
  return {
    send: () => call("POST", "/email/verification/confirm", { token, ...more() }),
    done: (answer) => (answer.body?.next === "reset-password" ? startedOver() : verified()),
    refused: whenRefused(linkRefused),
  };
}

function verified() {
  showOutcome({
    title: "Your address is verified",
    text: "Thank you. Everything in your account stays as it was.",
    link: ["Go to your account", "/account"],
  });
}

function startedOver() {
  showOutcome({
    title: "The address is yours",
    text: "The password from before is removed from the account, and its sessions are ended. " +
      "Now choose a password of your own.",
    link: ["Choose a password", "/forgot"],
  });
}

function linkRefused() {
  showOutcome({
    title: "This link is not valid any more",
    text: "Each link is good once, and for a short while. Sign in, and have the mail sent again.",
    link: ["Go to your account", "/account"],
  });
}
