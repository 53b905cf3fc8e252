// The token of a link from an email, and the email that it was sent to. They are in the fragment, which no server sees,
// and are removed from the address bar and the history at once. The token is used only when the user asks for it: programs
// that scan emails open links, too, and some run the scripts of the pages.

import { isProblem } from "../api.js";
import { find } from "../dom.js";

/** @type {{ token: string, email: string, path: string } | null} */
let taken = null;

/** The token that this page was opened with; null when there is none. It is kept during a sign-in. */
export function takeToken() {
  const [token, email] = location.hash.slice(1).split("&");
  if (token) {
    taken = { token, email: decoded(email), path: location.pathname };
    history.replaceState(null, "", location.pathname);
  }
  return taken?.path === location.pathname ? taken.token : null;
}

/**
 * Fills the field with the email of the account, for the user and for password managers, which store a password with it.
 * Without an email in the link it is hidden.
 *
 * @param {HTMLElement} field
 */
export function showRecipient(field) {
  /** @type {HTMLInputElement} */
  const input = find(field, "input");
  input.value = taken?.email ?? "";
  field.hidden = !input.value;
}

/**
 * Whether a link was sent to this user, whose id is in front of the token.
 *
 * @param {string} token
 * @param {Me} me
 */
export function isFor(token, me) {
  return token.startsWith(`${me.userId}.`);
}

/**
 * For a form that sends a token: shows another view when the link is not valid any more.
 *
 * @param {() => void} show
 */
export function whenRefused(show) {
  /** @param {Answer} answer */
  const refuse = (answer) => {
    const refused = isProblem(answer, "link-refused");
    if (refused) {
      show();
    }
    return refused;
  };
  return refuse;
}

/**
 * An email that cannot be decoded is not shown.
 *
 * @param {string} [email]
 */
function decoded(email = "") {
  try {
    return decodeURIComponent(email);
  } catch {
    return "";
  }
}
