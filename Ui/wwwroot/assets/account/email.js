// The email, the password, the user's data, and the deletion of the account.

import { call, isProblem } from "../api.js";
import { announce, copyOf, say } from "../dom.js";
import { mark, wireForm } from "../forms.js";
import { hintStrength } from "../strength.js";
import { wireData } from "./data.js";

/**
 * @param {AccountPage} account
 * @returns {Section}
 */
export function showEmail(account) {
  const { fragment, parts } = copyOf("email-section");
  /** @param {Me} me */
  const render = (me) => {
    parts.email.textContent = me.email;
    parts.verified.hidden = !me.emailVerified;
    parts.unverified.hidden = me.emailVerified;
    say(parts["new-email"], me.newEmail
      ? `Waiting for confirmation: open the link that we sent to ${me.newEmail}.`
      : null);
    parts["change-password"].hidden = !me.hasPassword;
    parts["no-password"].hidden = me.hasPassword;
    parts["change-password"].username.value = me.email;
  };
  const refresh = async () => render(await account.refresh());

  wireEmail(parts, account, refresh);
  wirePassword(parts, account);
  wireData(parts, account);
  render(account.me());
  return { fragment, shown: refresh };
}

/**
 * @param {Templates["email-section"]} parts
 * @param {AccountPage} account
 * @param {() => Promise<void>} refresh
 */
function wireEmail(parts, { act }, refresh) {
  const form = parts["change-email"];
  wireForm(form, {
    missing: { email: "Enter the new email." },
    send: () => act(() => call("POST", "/email/change", { email: form.email.value })),
    done: async () => {
      form.reset();
      await refresh();
      announce("We sent a link to the new email. Open it to complete the change.");
    },
  });
}

/**
 * @param {Templates["email-section"]} parts
 * @param {AccountPage} account
 */
function wirePassword(parts, { act, me }) {
  const form = parts["change-password"];
  const change = () => call("POST", "/password/change", {
    currentPassword: form.currentPassword.value,
    newPassword: form.newPassword.value,
  });
  form.addEventListener("input", () => say(parts["password-done"], null));
  wireForm(form, {
    missing: { currentPassword: "Enter your current password.", newPassword: "Enter a new password." },
    // A step-up uses the current password, so that the user is not asked for it twice.
    send: () => act(change, { password: form.currentPassword.value }),
    done: () => {
      form.reset();
      form.newPassword.dispatchEvent(new Event("input"));
      say(parts["password-done"], "Your password was changed. Your other devices were signed out.");
    },
    refused: (answer) => isProblem(answer, "sign-in-refused")
      && mark(form, { currentPassword: ["Incorrect current password."] }),
  });
  hintStrength(form.newPassword, () => [me().email]);
}
