// The rows of the list of devices.

import { copyOf, say } from "../dom.js";
import { endedThere, timeElement } from "../words.js";

const desktop = "M4 5h16a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1Zm5 14h6m-3-3v3";
const phone = "M8 3h8a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1Zm3 15h2";
const phones = ["iPhone", "Android", "iPad"];

/**
 * A device that is signed in.
 *
 * @param {LiveSession} session
 * @param {(session: LiveSession, button: HTMLButtonElement) => void} onEnd
 * @param {(session: LiveSession, application: SessionApplication, button: HTMLButtonElement) => void} onEndApplication
 */
export function liveRow(session, onEnd, onEndApplication) {
  const { fragment, parts } = row(session);
  parts.current.hidden = !session.current;
  if (session.current) {
    parts.seen.append("Active now", ` · ${session.ip}`);
  } else {
    parts.seen.append("Last seen ", timeElement(session.lastSeenAt), ` · ${session.ip}`);
    parts.end.hidden = false;
    parts.end.setAttribute("aria-label", `End the session of ${nameOf(session)}, signed in ${timeElement(session.createdAt).textContent}`);
    parts.end.addEventListener("click", () => onEnd(session, parts.end));
  }
  parts.more.append(
    "Signed in ", timeElement(session.createdAt),
    " · ends ", timeElement(session.expiresAt), " if not used");
  parts.applications.hidden = session.applications.length === 0;
  parts.applications.setAttribute("aria-label", `Applications that ${nameOf(session)} is signed in to`);
  parts.applications.append(...session.applications.map((application) =>
    applicationRow(session, application, onEndApplication)));
  return fragment;
}

/**
 * An application that a session was handed to.
 *
 * @param {LiveSession} session
 * @param {SessionApplication} application
 * @param {(session: LiveSession, application: SessionApplication, button: HTMLButtonElement) => void} onEnd
 */
function applicationRow(session, application, onEnd) {
  const { fragment, parts } = copyOf("application-row");
  parts.name.textContent = application.name;
  parts.since.append("since ", timeElement(application.openedAt));
  parts.end.setAttribute("aria-label", `End the access of ${application.name} on ${nameOf(session)}`);
  parts.end.addEventListener("click", () => onEnd(session, application, parts.end));
  return fragment;
}

/**
 * A device that is signed out, and still recognized.
 *
 * @param {RememberedDevice} device
 */
export function rememberedRow(device) {
  const { fragment, parts } = row(device);
  parts.seen.append("Last sign-in ", timeElement(device.lastSignInAt));
  return fragment;
}

/**
 * A device whose session has ended.
 *
 * @param {PastSession} session
 */
export function endedRow(session) {
  const { fragment, parts } = row(session);
  parts.name.closest("li")?.classList.toggle("alarm", session.reason === "refresh-token-reuse");
  say(parts.seen, endedThere[session.reason] ?? session.reason);
  parts.more.append("Ended ", timeElement(session.endedAt), ` · ${session.ip}`);
  return fragment;
}

/** @param {Device} session */
export function nameOf(session) {
  if (!session.browser) {
    return "A device";
  }
  return session.system === "Unknown system" ? session.browser : `${session.browser} on ${session.system}`;
}

/** @param {Device} session */
function row(session) {
  const { fragment, parts } = copyOf("device-row");
  parts.icon.setAttribute("d", phones.includes(session.system ?? "") ? phone : desktop);
  parts.name.textContent = nameOf(session);
  return { fragment, parts };
}
