// The token of a link from a mail. It stands in the fragment, which no server sees; it is taken out of the address
// bar and the history at once, and nothing happens with it until somebody says so: programs that look through
// mails open links too, and some run the scripts behind them.

import { isProblem } from "../api.js";

/** Takes the token out of the address; null when there is none. */
export function takeToken() {
  const token = location.hash.slice(1);
  if (token) {
    history.replaceState(null, "", location.pathname);
  }
  return token || null;
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
