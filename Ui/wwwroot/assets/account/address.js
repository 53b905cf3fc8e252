// The address, the password, what is kept, and the end of it all.

import { call, isProblem } from "../api.js";
import { announce, copyOf, say } from "../dom.js";
import { mark, wireForm } from "../forms.js";
import { hintStrength } from "../strength.js";
import { wireData } from "./data.js";

export function showAddress(account) {
  const { fragment, parts } = copyOf("address-section");
  const render = (me) => {
    parts.address.textContent = me.email;
    parts.verified.hidden = !me.emailVerified;
    parts.unverified.hidden = me.emailVerified;
    say(parts["new-email"], me.newEmail
      ? `A change to ${me.newEmail} is under way: open the link in the mail that was sent there.`
      : null);
    parts["change-password"].hidden = !me.hasPassword;
    parts["no-password"].hidden = me.hasPassword;
    parts["change-password"].elements.username.value = me.email;
  };
  const refresh = async () => render(await account.refresh());

  wireAddress(parts, account, refresh);
  wirePassword(parts, account);
  wireData(parts, account);
  render(account.me());
  return { fragment, shown: refresh };
}

function wireAddress(parts, { act }, refresh) {
  const form = parts["change-address"];
  wireForm(form, {
    missing: { email: "Enter the new address." },
    send: () => act(() => call("POST", "/email/change", { email: form.email.value })),
    done: async () => {
      form.reset();
      await refresh();
      announce("A mail is on its way to the new address. The change takes hold when its link is opened.");
    },
  });
}

function wirePassword(parts, { act, me }) {
  const form = parts["change-password"];
  const change = () => call("POST", "/password/change", {
    currentPassword: form.currentPassword.value,
    newPassword: form.newPassword.value,
  });
  form.addEventListener("input", () => say(parts["password-done"], null));
  wireForm(form, {
    missing: { currentPassword: "Enter your current password.", newPassword: "Enter a new password." },
    // The current password is the proof that the change needs: nobody is asked for it twice.
    send: () => act(change, { password: form.currentPassword.value }),
    done: () => {
      form.reset();
      form.newPassword.dispatchEvent(new Event("input"));
      say(parts["password-done"], "Your password is changed. All other devices have to sign in again.");
    },
    refused: (answer) => isProblem(answer, "sign-in-refused")
      && mark(form, { currentPassword: ["That is not your current password."] }),
  });
  hintStrength(form.newPassword, () => [me().email]);
}
