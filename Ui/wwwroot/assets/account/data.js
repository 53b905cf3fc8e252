// The user's data: exporting it, and deleting it with the account.

import { call, problemOf } from "../api.js";
import { answerOf } from "../confirm.js";
import { copyOf, say } from "../dom.js";
import { busy, mark, wireForm } from "../forms.js";
import { saveText } from "../keep.js";

/**
 * @param {Templates["email-section"]} parts
 * @param {AccountPage} account
 */
export function wireData(parts, { act, me, ended }) {
  parts.export.addEventListener("click", async () => {
    busy(parts.export, true);
    const answer = await act(() => call("GET", "/me/export"));
    busy(parts.export, false);
    if (answer?.ok) {
      saveText("sessionauth-my-data.json", JSON.stringify(answer.body, null, 2), "application/json");
    }
    if (answer) {
      say(parts["data-problem"], answer.ok ? null : problemOf(answer));
      say(parts["data-done"], answer.ok ? "Saved as sessionauth-my-data.json." : null);
    }
  });

  parts.delete.addEventListener("click", async () => {
    if (!(await sure(me().email))) {
      return;
    }
    busy(parts.delete, true);
    const answer = await act(() => call("DELETE", "/me"));
    busy(parts.delete, false);
    if (answer?.ok) {
      ended("account-deleted");
    } else if (answer) {
      say(parts["delete-problem"], problemOf(answer));
    }
  });
}

/**
 * Asks for the email before the deletion, which takes a moment to reconsider.
 *
 * @param {string} email
 */
async function sure(email) {
  const { fragment, parts } = copyOf("delete-dialog");
  const { dialog, form } = parts;
  parts.email.textContent = email;
  wireForm(form, {
    missing: { confirmation: "Type your email to confirm." },
    send: async () => {
      if (form.confirmation.value.trim().toLowerCase() === email.toLowerCase()) {
        dialog.close("go");
      } else {
        mark(form, { confirmation: ["That is not the email of this account."] });
      }
      return null;
    },
  });
  parts.keep.addEventListener("click", () => dialog.close());
  return (await answerOf(fragment, dialog)) === "go";
}
