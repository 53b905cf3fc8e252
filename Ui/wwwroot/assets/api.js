// Calls to the API. Tokens travel in cookies that no script can read; an answer is a status and a body.

import { readClock } from "./clock.js";

export const origin = document.querySelector('meta[name="api-origin"]').content;

/** The answer was lost, or never came: what became of the call is not known. */
export const UNREACHABLE = 0;

/** Whose account the page shows, and whom to tell when it is not that of the cookies any more. */
let shown = null;

/**
 * From now on each call says whose account the page shows. When somebody else has signed in in another tab, the server
 * then does nothing, and the page is told. Answers what ends this.
 */
export function showsAccountOf(userId, onAnother) {
  const mine = { userId, onAnother };
  shown = mine;
  return () => {
    if (shown === mine) {
      shown = null;
    }
  };
}

export async function call(method, path, body) {
  const request = { method, credentials: "include", cache: "no-store", headers: { Accept: "application/json" } };
  const asked = shown;
  if (asked) {
    request.headers["Session-User"] = asked.userId;
  }
  if (body !== undefined) {
    request.headers["Content-Type"] = "application/json";
    request.body = JSON.stringify(body);
  }

  try {
    const response = await fetch(origin + path, request);
    readClock(response);
    const isJson = /[/+]json/.test(response.headers.get("Content-Type") ?? "");
    const answer = {
      status: response.status,
      ok: response.ok,
      body: isJson ? await response.json() : null,
      retryAfter: Number(response.headers.get("Retry-After")) || 0,
    };
    if (asked && asked === shown && isProblem(answer, "another-user")) {
      asked.onAnother();
    }
    return answer;
  } catch {
    return { status: UNREACHABLE, ok: false, body: null, retryAfter: 0 };
  }
}

/** Whether an answer is the error of that name. */
export function isProblem(answer, code) {
  return !answer.ok && answer.body?.code === code;
}

/** Whether nobody is signed in. Other answers with 401 refuse a password, a code or a passkey, and end nothing. */
export function notSignedIn(answer) {
  return answer.status === 401 && (!answer.body?.code || answer.body.code === "not-signed-in");
}

/** What went wrong, in a sentence for people. */
export function problemOf(answer) {
  if (answer.status === UNREACHABLE) {
    return navigator.onLine
      ? "The server could not be reached. Try again in a moment."
      : "You are offline. Try again when you are connected.";
  }
  return answer.body?.title ?? "Something went wrong on our side. Try again in a moment.";
}
