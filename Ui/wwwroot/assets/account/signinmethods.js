// The sign-in methods: second factors with their recovery codes, and the passkeys.

import { copyOf } from "../dom.js";
import { withCard } from "../factors.js";
import { cardOf } from "./factorcard.js";
import { wirePasskeys } from "./passkeys.js";

/**
 * @param {AccountPage} account
 * @returns {Section}
 */
export function showSignInMethods(account) {
  const { fragment, parts } = copyOf("sign-in-section");
  /** @param {Me} me */
  const render = (me) => {
    parts["verify-first"].hidden = me.emailVerified;
    cards.forEach((card) => card.render(me));
    passkeys.render(me);
  };
  const changed = async () => render(await account.refresh());
  const cards = withCard.map((factor) => cardOf(factor, account, changed));
  cards.forEach((card) => parts["passkeys-card"].before(card.fragment));
  const passkeys = wirePasskeys(parts, account, changed);
  render(account.me());
  // The link in the email is opened in another tab.
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
