// Calls to the API. Tokens travel in cookies that no script can read; an answer is a status and a body.

import { readClock } from "./clock.js";
import { find } from "./dom.js";

/** @type {HTMLMetaElement} */
const apiOrigin = find(document, 'meta[name="api-origin"]');
export const origin = apiOrigin.content;

/** The status when no answer came: the outcome of the call is unknown. */
export const UNREACHABLE = 0;

/**
 * The user whose account the page shows, and the callback for when the cookies belong to another user.
 *
 * @type {{ userId: string, onAnother: () => void } | null}
 */
let shown = null;

/**
 * From now on each call names the user whose account the page shows. If another user has signed in in another tab, the
 * server then refuses the call, and the page is told. Returns a function that ends this.
 *
 * @param {string} userId
 * @param {() => void} onAnother
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

/**
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<Answer>}
 */
export async function call(method, path, body) {
  /** @type {RequestInit & { headers: Record<string, string> }} */
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

/**
 * Whether an answer is the problem with this code.
 *
 * @param {Answer} answer
 * @param {string} code
 */
export function isProblem(answer, code) {
  return !answer.ok && answer.body?.code === code;
}

/**
 * Whether the browser is not signed in. Other answers with 401 refuse a password, a code or a passkey, and end nothing.
 *
 * @param {Answer} answer
 */
export function notSignedIn(answer) {
  return answer.status === 401 && (!answer.body?.code || answer.body.code === "not-signed-in");
}

/**
 * The problem in a sentence for the user.
 *
 * @param {Answer} answer
 * @returns {string}
 */
export function problemOf(answer) {
  if (answer.status === UNREACHABLE) {
    return navigator.onLine
      ? "The server could not be reached. Try again in a moment."
      : "You are offline. Try again when you are connected.";
  }
  return answer.body?.title ?? "Something went wrong on our side. Try again in a moment.";
}
