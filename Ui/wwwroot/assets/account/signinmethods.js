// How the person signs in: the authenticator app with its recovery codes, and the passkeys.

import { copyOf } from "../dom.js";
import { wireAuthenticator } from "./authenticator.js";
import { wirePasskeys } from "./passkeys.js";

export function showSignInMethods(account) {
  const { fragment, parts } = copyOf("sign-in-section");
  const changed = async () => authenticator.render(await account.refresh());
  const authenticator = wireAuthenticator(parts, account, changed);
  const passkeys = wirePasskeys(parts, account, changed);
  authenticator.render(account.me());
  return {
    fragment,
    shown: () => {
      changed();
      passkeys.load();
    },
    close: passkeys.close,
  };
}
