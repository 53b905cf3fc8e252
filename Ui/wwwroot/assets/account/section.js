// What the sections of the account share.

import { call, problemOf } from "../api.js";

const AGAIN_AFTER = 5_000;

/**
 * Loads what a section shows: now, each time that the page is seen again, and, where `every` says so, in between.
 * What could not be loaded is tried again soon. Answers `load`, and `close` for when the section goes.
 */
export function loading(act, { path, every, done, failed }) {
  let open = true;
  let timer = null;

  const load = async () => {
    clearTimeout(timer);
    const answer = await act(() => call("GET", path));
    if (!open || !answer) {
      return;
    }
    if (answer.ok) {
      done(answer.body);
    } else {
      failed(problemOf(answer));
    }
    clearTimeout(timer);
    const after = answer.ok ? every : Math.max(AGAIN_AFTER, answer.retryAfter * 1000);
    if (after) {
      timer = setTimeout(seen, after);
    }
  };
  const seen = () => document.hidden || load();
  document.addEventListener("visibilitychange", seen);

  return {
    load,
    close: () => {
      open = false;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", seen);
    },
  };
}

/** A list that is drawn anew must not take the keyboard's place from under somebody's hands. */
export function keepFocus(list, draw) {
  const label = list.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null;
  draw();
  if (label) {
    list.querySelector(`button[aria-label="${CSS.escape(label)}"]`)?.focus();
  }
}
