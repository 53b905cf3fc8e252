// Times, reasons and occasions in words.

import { now } from "./clock.js";

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const full = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });
const units = [
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
];

/** "2 minutes ago", "in 30 days", with the whole date for those who ask. */
export function timeElement(value) {
  const time = document.createElement("time");
  const date = new Date(value);
  time.dateTime = value;
  time.title = full.format(date);
  time.textContent = ago(date);
  return time;
}

function ago(date) {
  const seconds = (date.getTime() - now()) / 1000;
  for (const [unit, length] of units) {
    if (Math.abs(seconds) >= length * 0.99) {
      return relative.format(Math.round(seconds / length), unit);
    }
  }
  return seconds > 5 ? "in a moment" : "just now";
}

/** Why the session of a page ended, for the person in front of it. */
export const endedHere = {
  "signed-out": "You signed out.",
  "revoked-by-user": "This session was ended from another of your devices.",
  "signed-in-again": "You signed in again in this browser, which ended the earlier session.",
  "refresh-token-reuse":
    "This session was ended for your safety: a copy of its key was used. Sign in again, and look at your other devices.",
  "session-limit": "This session was ended because you signed in on more devices than allowed.",
  expired: "This session has expired.",
  "password-changed": "This session was ended because the password was changed.",
  "factor-changed": "This session was ended because the sign-in methods of the account were changed.",
  "address-proved": "This session was ended because the owner of the address proved it by mail and started over.",
  "account-deleted": "The account was deleted, and everything that was kept about it.",
  "another-user": "Somebody else has signed in in this browser.",
};

/** Why a session in the list ended. */
export const endedThere = {
  "signed-out": "Signed out",
  "revoked-by-user": "Ended from another device",
  "signed-in-again": "Replaced by a new sign-in in the same browser",
  "refresh-token-reuse": "Ended for your safety: a copy of its key was used. If it was not you, change your password.",
  "session-limit": "Ended because of too many devices",
  expired: "Expired",
  "password-changed": "Ended because the password was changed",
  "factor-changed": "Ended because the sign-in methods were changed",
  "address-proved": "Ended because the address was proved by mail",
  "account-deleted": "Ended because the account was deleted",
};

/** The session of this page has ended, and nothing says why. */
export const endedUnknown = "Your session has ended.";

/** What happened to an account. */
export const activity = {
  registered: "You registered",
  imported: "Your account was brought here from another system",
  "signed-in": "Signed in",
  "sign-in-failed": "Wrong password",
  "code-failed": "Wrong code",
  "stepped-up": "Proved anew who is there",
  "session-ended": "A session ended",
  "refreshed-elsewhere": "A session moved to another network",
  "password-changed": "The password was changed",
  "password-reset-requested": "A mail to choose a new password was asked for",
  "password-reset": "A new password was chosen by mail",
  "address-verified": "The address was verified",
  "address-change-requested": "A change of the address was asked for",
  "address-changed": "The address was changed",
  "totp-added": "The authenticator app was turned on",
  "totp-removed": "The authenticator app was turned off",
  "recovery-code-used": "A recovery code was used",
  "recovery-codes-made": "New recovery codes were made",
  "passkey-added": "A passkey was added",
  "passkey-removed": "A passkey was removed",
};

/** Whether something that happened may be the work of somebody else. */
export function alarming({ kind, reason }) {
  return kind === "sign-in-failed" || kind === "code-failed" || reason === "refresh-token-reuse";
}

/** What there is to say when a mail is on its way: the words before and after its address. */
export const mailSent = {
  registered: [
    "A mail is on its way to ",
    ". Open the link in it to go on. If nothing comes within a few minutes, look into your spam.",
  ],
  "verify-first": [
    "The password is right, but the address is not verified yet. A mail is on its way to ",
    ". Open the link in it, then sign in.",
  ],
  forgot: [
    "If there is an account for ",
    ", a mail with a link is on its way to it. If nothing comes within a few minutes, look into your spam.",
  ],
};
