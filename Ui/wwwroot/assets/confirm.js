// A question before something that cannot be undone.

import { copyOf, viewPlace } from "./dom.js";

/**
 * Asks in a dialog, with the words of its two buttons. Returns whether to go on.
 *
 * @param {{ title: string, text: string, keep: string, go: string }} words
 */
export function confirmed({ title, text, keep, go }) {
  const { fragment, parts } = copyOf("confirm-dialog");
  parts.title.textContent = title;
  parts.text.textContent = text;
  parts.keep.textContent = keep;
  parts.go.textContent = go;
  parts.keep.addEventListener("click", () => parts.dialog.close());
  parts.go.addEventListener("click", () => parts.dialog.close("go"));
  return answerOf(fragment, parts.dialog).then((answer) => answer === "go");
}

/**
 * Opens a dialog inside the view, so that it is removed with the view. Returns what it was closed with.
 *
 * @param {DocumentFragment} fragment
 * @param {HTMLDialogElement} dialog
 * @returns {Promise<string>}
 */
export function answerOf(fragment, dialog) {
  const view = viewPlace();
  return new Promise((settle) => {
    const gone = new MutationObserver(() => dialog.isConnected || settle(""));
    dialog.addEventListener("close", () => {
      gone.disconnect();
      dialog.remove();
      settle(dialog.returnValue);
    });
    view.append(fragment);
    gone.observe(view, { childList: true });
    dialog.showModal();
  });
}
