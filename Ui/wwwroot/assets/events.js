// Hears the moment that this session is revoked. A hidden page gives its stream up after a while, since
// browsers allow few at a time, and asks when it is seen again.

import { call, origin } from "./api.js";

const AGAIN_AFTER = 15_000;
const HIDDEN_FOR = 30_000;

/** Calls back once, with the reason or null, when the session has ended; returns what stops listening. */
export function watchSession(onEnded) {
  let source = null;
  let again = null;
  let hiding = null;

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

  // The browser connects again by itself after a lost connection, and gives up after an error, without
  // saying which: the session itself is asked.
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
