// Times and reasons in words.

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
  const seconds = (date.getTime() - Date.now()) / 1000;
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
};

/** Why a session in the list ended. */
export const endedThere = {
  "signed-out": "Signed out",
  "revoked-by-user": "Ended from another device",
  "signed-in-again": "Replaced by a new sign-in in the same browser",
  "refresh-token-reuse": "Ended for your safety: a copy of its key was used. If it was not you, change your password.",
  "session-limit": "Ended because of too many devices",
  expired: "Expired",
};

/** The session of this page has ended, and nothing says why. */
export const endedUnknown = "Your session has ended.";
