// What the sections of the account have in common.

import { call, problemOf } from "../api.js";

const AGAIN_AFTER = 5_000;

/**
 * Loads the data of a section: with `load`, each time that the page becomes visible, and at the interval `every`. A
 * failed attempt is repeated soon. `close` ends it.
 *
 * @template Body
 * @param {Act} act
 * @param {{ path: string, every?: number, done: (body: Body) => void, failed: (sentence: string) => void }} section
 */
export function loading(act, { path, every, done, failed }) {
  let open = true;
  /** @type {number | undefined} */
  let timer;

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

/**
 * Draws a list again, and keeps the keyboard focus on the same button.
 *
 * @param {HTMLElement} list
 * @param {() => void} draw
 */
export function keepFocus(list, draw) {
  const focused = document.activeElement;
  const label = focused && list.contains(focused) ? focused.getAttribute("aria-label") : null;
  draw();
  if (label) {
    /** @type {HTMLButtonElement | null} */
    const button = list.querySelector(`button[aria-label="${CSS.escape(label)}"]`);
    button?.focus();
  }
}
