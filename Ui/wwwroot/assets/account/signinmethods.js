// How the person signs in: the authenticator app with its recovery codes, and the passkeys.

import { copyOf } from "../dom.js";
import { wireAuthenticator } from "./authenticator.js";
import { wirePasskeys } from "./passkeys.js";

export function showSignInMethods(account) {
  const { fragment, parts } = copyOf("sign-in-section");
  const render = (me) => {
    parts["verify-first"].hidden = me.emailVerified;
    authenticator.render(me);
    passkeys.render(me);
  };
  const changed = async () => render(await account.refresh());
  const authenticator = wireAuthenticator(parts, account, changed);
  const passkeys = wirePasskeys(parts, account, changed);
  render(account.me());
  // The link in the mail is opened in another tab.
  const seen = () => document.hidden || account.me().emailVerified || changed();
  document.addEventListener("visibilitychange", seen);
  return {
    fragment,
    shown: () => {
      changed();
      passkeys.load();
    },
    close: () => {
      document.removeEventListener("visibilitychange", seen);
      passkeys.close();
    },
  };
}
