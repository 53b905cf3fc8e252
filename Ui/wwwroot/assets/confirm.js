// A question before something that cannot be taken back.

import { copyOf } from "./dom.js";

/** Asks in a dialog, with the words of its two buttons; answers whether to go on. */
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

/** Opens a dialog, in the view so that it goes with it; answers what it was closed with. */
export function answerOf(fragment, dialog) {
  const view = document.getElementById("view");
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
