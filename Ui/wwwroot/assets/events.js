// Tells the page when its session is revoked. A hidden page closes its stream after a while, since browsers allow few at
// a time, and opens it again when it is visible.

import { call, origin } from "./api.js";

const AGAIN_AFTER = 15_000;
const HIDDEN_FOR = 30_000;

/**
 * Calls back once, with the reason if it is known, when the session has ended. Returns a function that stops this.
 *
 * @param {(reason: string | null) => void} onEnded
 */
export function watchSession(onEnded) {
  /** @type {EventSource | null} */
  let source = null;
  /** @type {number | undefined} */
  let again;
  /** @type {number | undefined} */
  let hiding;

  const close = () => {
    source?.close();
    source = null;
    clearTimeout(again);
  };

  const stop = () => {
    close();
    clearTimeout(hiding);
    document.removeEventListener("visibilitychange", onVisibility);
  };

  /** @param {string | null} reason */
  const end = (reason) => {
    stop();
    onEnded(reason);
  };

  const open = () => {
    close();
    source = new EventSource(`${origin}/sessions/events`, { withCredentials: true });
    source.addEventListener("revoked", (event) => end(JSON.parse(event.data).reason));
    source.addEventListener("error", ask);
  };

  // After a lost connection the browser connects again by itself; after an error it does not. It does not report which of
  // both it was, so the page checks the session.
  const ask = async () => {
    const gaveUp = source?.readyState === EventSource.CLOSED;
    const answer = await call("GET", "/test");
    if (!source) {
      return;
    }
    if (answer.status === 401) {
      end(null);
    } else if (gaveUp) {
      again = setTimeout(open, AGAIN_AFTER);
    }
  };

  const onVisibility = () => {
    clearTimeout(hiding);
    if (document.hidden) {
      hiding = setTimeout(close, HIDDEN_FOR);
    } else if (!source) {
      open();
    }
  };

  document.addEventListener("visibilitychange", onVisibility);
  open();
  return stop;
}
