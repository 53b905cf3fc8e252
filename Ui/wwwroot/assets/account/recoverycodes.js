// The recovery codes, shown once. The dialog stays until the user confirms that they are saved.

import { answerOf } from "../confirm.js";
import { copyOf, say } from "../dom.js";
import { copyText, saveText } from "../keep.js";

/**
 * Shows the codes until they are saved.
 *
 * @param {string[]} codes
 * @param {string} email
 */
export async function showRecoveryCodes(codes, email) {
  const { fragment, parts } = copyOf("recovery-codes-dialog");
  parts.codes.append(...codes.map(item));
  parts.copy.addEventListener("click", async () =>
    say(parts.kept, await copyText(codes.join("\n"), parts.codes)));
  parts.download.addEventListener("click", () => {
    saveText("recovery-codes.txt", `SessionAuth recovery codes of ${email}. Each works once.\n\n${codes.join("\n")}\n`);
    say(parts.kept, "Saved as recovery-codes.txt.");
  });
  parts.done.addEventListener("click", () => parts.dialog.close());
  parts.dialog.addEventListener("cancel", (event) => event.preventDefault());
  await answerOf(fragment, parts.dialog);
}

/** @param {string} code */
function item(code) {
  const element = document.createElement("li");
  const text = document.createElement("code");
  text.textContent = code;
  element.append(text);
  return element;
}
