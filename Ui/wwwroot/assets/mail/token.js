// The token of a link from a mail. It stands in the fragment, which no server sees; it is taken out of the address
// bar and the history at once, and nothing happens with it until somebody says so: programs that look through
// mails open links too, and some run the scripts behind them.

import { isProblem } from "../api.js";

let taken = null;

/** The token that this page was opened with; null when there is none. It is kept while somebody signs in first. */
export function takeToken() {
  const token = location.hash.slice(1);
  if (token) {
    taken = { token, path: location.pathname };
    history.replaceState(null, "", location.pathname);
  }
  return taken?.path === location.pathname ? taken.token : null;
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
