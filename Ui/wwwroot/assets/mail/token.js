// The token of a link from a mail, and the address that the mail went to. They stand in the fragment, which no server sees; they are taken out of the
// address bar and the history at once, and nothing happens with the token until somebody says so: programs that look through
// mails open links too, and some run the scripts behind them.

import { isProblem } from "../api.js";

let taken = null;

/** The token that this page was opened with; null when there is none. It is kept while somebody signs in first. */
export function takeToken() {
  const [token, address] = location.hash.slice(1).split("&");
  if (token) {
    taken = { token, address: decoded(address), path: location.pathname };
    history.replaceState(null, "", location.pathname);
  }
  return taken?.path === location.pathname ? taken.token : null;
}

/**
 * Fills the field with the account that a form is about, for people and for password managers, which keep a password
 * under it; without an address in the link there is none.
 */
export function showAddressee(field) {
  const input = field.querySelector("input");
  input.value = taken?.address ?? "";
  field.hidden = !input.value;
}

/** Whether a link was sent to somebody: whose it is stands in front of the token. */
export function isFor(token, me) {
  return token.startsWith(`${me.userId}.`);
}

/** For a form that posts a token: shows something else when the link is not good any more. */
export function whenRefused(show) {
  return (answer) => {
    const refused = isProblem(answer, "link-refused");
    if (refused) {
      show();
    }
    return refused;
  };
}

// Of an address that somebody has spoilt, nothing is shown.
function decoded(address) {
  try {
    return decodeURIComponent(address ?? "");
  } catch {
    return "";
  }
}
