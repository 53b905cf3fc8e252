// Times, reasons and occasions in words.

import { now } from "./clock.js";

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const full = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });
/** @type {[Intl.RelativeTimeFormatUnit, number][]} */
const units = [
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
];

/**
 * "2 minutes ago" or "in 30 days", with the full date as a tooltip.
 *
 * @param {string} value
 */
export function timeElement(value) {
  const time = document.createElement("time");
  const date = new Date(value);
  time.dateTime = value;
  time.title = full.format(date);
  time.textContent = ago(date);
  return time;
}

/** @param {Date} date */
function ago(date) {
  const seconds = (date.getTime() - now()) / 1000;
  for (const [unit, length] of units) {
    if (Math.abs(seconds) >= length * 0.99) {
      return relative.format(Math.round(seconds / length), unit);
    }
  }
  return seconds > 5 ? "in a moment" : "just now";
}

/**
 * Why the session of this page ended.
 *
 * @type {Record<string, string>}
 */
export const endedHere = {
  "signed-out": "You signed out.",
  "revoked-by-user": "This session was ended from another of your devices.",
  "signed-in-again": "You signed in again in this browser, which ended the earlier session.",
  "refresh-token-reuse":
    "This session was ended to protect your account: its token may have been stolen. Sign in again and review your other devices.",
  "session-limit": "This session was ended because you signed in on more devices than allowed.",
  expired: "This session has expired.",
  "password-changed": "This session was ended because the password was changed.",
  "factor-changed": "This session was ended because the account's sign-in methods changed.",
  "email-verified": "This session was ended because the owner of the email took over the account.",
  "account-deleted": "The account and its data were deleted.",
  "another-user": "Someone else signed in in this browser.",
};

/**
 * Why a session in the list ended.
 *
 * @type {Record<string, string>}
 */
export const endedThere = {
  "signed-out": "Signed out",
  "revoked-by-user": "Ended from another device",
  "signed-in-again": "Replaced by a new sign-in in the same browser",
  "refresh-token-reuse": "Ended to protect your account: its token may have been stolen. If you don't recognize this, change your password.",
  "session-limit": "Ended because of too many devices",
  expired: "Expired",
  "password-changed": "Ended because the password was changed",
  "factor-changed": "Ended because the sign-in methods were changed",
  "email-verified": "Ended because the owner of the email took over the account",
  "account-deleted": "Ended because the account was deleted",
};

/** The session of this page has ended, for an unknown reason. */
export const endedUnknown = "Your session has ended.";

/**
 * The events of the activity log.
 *
 * @type {Record<string, string>}
 */
export const activity = {
  registered: "You registered",
  imported: "Account imported from another system",
  "signed-in": "Signed in",
  "sign-in-failed": "Wrong password",
  "code-failed": "Wrong code",
  "stepped-up": "Identity confirmed",
  "session-ended": "Session ended",
  "refreshed-elsewhere": "Session moved to another network",
  "password-changed": "Password changed",
  "password-reset-requested": "Password reset requested",
  "password-reset": "Password reset",
  "email-verified": "Email verified",
  "email-change-requested": "Email change requested",
  "email-changed": "Email changed",
  "second-factor-added": "Second factor turned on",
  "second-factor-removed": "Second factor turned off",
  "recovery-code-used": "Recovery code used",
  "recovery-codes-made": "New recovery codes created",
  "passkey-added": "Passkey added",
  "passkey-removed": "Passkey removed",
};

/**
 * Whether an event may be the work of an attacker.
 *
 * @param {{ kind: string, reason?: string | null }} event
 */
export function alarming({ kind, reason }) {
  return kind === "sign-in-failed" || kind === "code-failed" || reason === "refresh-token-reuse";
}

/** The words before and after the email that a message was sent to. */
export const mailSent = {
  registered: [
    "We sent an email to ",
    ". Open the link in it to continue. If it does not arrive within a few minutes, check your spam folder.",
  ],
  "verify-first": [
    "Your password is correct, but your email is not verified yet. We sent an email to ",
    ". Open the link in it, then sign in.",
  ],
  forgot: [
    "If there is an account for ",
    ", we sent a link to it. If it does not arrive within a few minutes, check your spam folder.",
  ],
};
