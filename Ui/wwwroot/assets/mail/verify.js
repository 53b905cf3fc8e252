// Verifying the email of an account with the link that was sent to it. The link shows who owns the email, not who
// registered: that takes a session or the password of the account. A user without either starts over, without what another
// person may have added to the account.

import { call, isProblem } from "../api.js";
import { copyOf, show } from "../dom.js";
import { mark, wireForm } from "../forms.js";
import { showOutcome } from "./outcome.js";
import { isFor, showRecipient, whenRefused } from "./token.js";

/**
 * @param {Me | null} me The signed-in user, if any.
 * @param {string | null} token The token of the link.
 */
export function showVerify(me, token) {
  if (!token) {
    linkRefused();
  } else if (me && isFor(token, me)) {
    me.emailVerified ? verified() : showForSession(me, token);
  } else {
    // A session of another account does not count here.
    askOrSay(token);
  }
}

/**
 * Without a session, a password and `startOver` the call changes nothing. Its answer says what is needed, or that the
 * email is already verified.
 *
 * @param {string} token
 */
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

/**
 * @param {Me} me
 * @param {string} token
 */
function showForSession(me, token) {
  const { fragment, parts } = copyOf("verify-view");
  parts.email.textContent = me.email;
  wireForm(parts.form, confirming(token, () => ({})));
  show(fragment, "Verify your email");
  parts.heading.focus();
}

/** @param {string} token */
function showForPassword(token) {
  const { fragment, parts } = copyOf("verify-password-view");
  const { form, over } = parts;
  showRecipient(parts.account);
  const withPassword = confirming(token, () => ({ password: form.password.value }));
  wireForm(form, {
    ...withPassword,
    missing: { password: "Enter the password you registered with." },
    refused: (answer) => isProblem(answer, "sign-in-refused")
      ? mark(form, { password: ["Incorrect password."] })
      : withPassword.refused(answer),
  });
  wireForm(over, confirming(token, () => ({ startOver: true })));
  parts["no-password"].addEventListener("click", () => {
    over.hidden = !over.hidden;
    parts["no-password"].setAttribute("aria-expanded", String(!over.hidden));
  });
  show(fragment, "Verify your email");
  form.password.focus();
}

/**
 * @param {string} token
 * @param {() => object} more
 */
function confirming(token, more) {
  return {
    send: () => call("POST", "/email/verification/confirm", { token, ...more() }),
    /** @param {Answer} answer */
    done: (answer) => (answer.body?.next === "reset-password" ? startedOver() : verified()),
    refused: whenRefused(linkRefused),
  };
}

function verified() {
  showOutcome({
    title: "Your email is verified",
    text: "Thank you. Nothing else in your account has changed.",
    link: ["Go to your account", "/account"],
  });
}

function startedOver() {
  showOutcome({
    title: "You took over the account",
    text: "Its old password was removed and its sessions were ended. " +
      "Now choose a new password.",
    link: ["Choose a password", "/forgot"],
  });
}

function linkRefused() {
  showOutcome({
    title: "This link is no longer valid",
    text: "Each link works once and for a short time. Sign in and request a new one.",
    link: ["Go to your account", "/account"],
  });
}
