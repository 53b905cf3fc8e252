// The way back to an application that has sent the user here. Its request is sealed by the server, and travels in the query
// of a page. The address to go back to is made here, from a fixed path and that value, so that it leads nowhere else.

import { origin } from "../api.js";

const KEY = "return";
const LIFETIME = 3_600_000;
const SEALED = /^[\w-]{1,4096}$/;

// Browsers throw where a user has turned storage off.
const inTab = () => sessionStorage;
const inBrowser = () => localStorage;

/**
 * In this tab. Kept in its storage, too, so that it survives a reload.
 *
 * @type {string | null}
 */
let kept = null;

/**
 * Takes what the page was opened with out of the address bar. Returns the email to fill in, if there is one.
 *
 * @returns {string}
 */
export function takeReturn() {
  const query = new URLSearchParams(location.search);
  const sealed = query.get("return");
  if (sealed !== null && SEALED.test(sealed)) {
    kept = sealed;
    store(inTab, sealed);
  }
  if (query.has("return")) {
    history.replaceState(null, "", location.pathname + location.hash);
  }
  return query.get("email") ?? "";
}

/** The sealed request that waits; null when there is none. */
export function waiting() {
  return kept ?? stored(inTab) ?? stored(inBrowser);
}

/** A link in an email opens another tab, which goes on from here. */
export function keepForOtherTab() {
  const sealed = waiting();
  if (sealed) {
    store(inBrowser, sealed);
  }
}

/** Goes back to the application, if there is one. Returns whether the page is about to be left. */
export function goBack() {
  const sealed = waiting();
  if (sealed) {
    forget();
    location.assign(`${origin}/oauth/authorize?resume=${sealed}`);
  }
  return sealed !== null;
}

/** Takes the request of a page that asks whether to sign out; null when there is none. */
export function takeSignOut() {
  const sealed = waiting();
  forget();
  return sealed;
}

/**
 * Goes to where the server continues after a sign-out.
 *
 * @param {string} sealed
 */
export function goOn(sealed) {
  location.assign(`${origin}/oauth/logout?resume=${sealed}`);
}

function forget() {
  kept = null;
  for (const storage of [inTab, inBrowser]) {
    try {
      storage().removeItem(KEY);
    } catch {
      // There is nothing, then.
    }
  }
}

/**
 * @param {() => Storage} storage
 * @param {string} sealed
 */
function store(storage, sealed) {
  try {
    storage().setItem(KEY, JSON.stringify({ sealed, until: Date.now() + LIFETIME }));
  } catch {
    // Then it lasts as long as the page.
  }
}

/**
 * @param {() => Storage} storage
 * @returns {string | null}
 */
function stored(storage) {
  try {
    const { sealed, until } = JSON.parse(storage().getItem(KEY) ?? "{}");
    return Date.now() < until && SEALED.test(sealed) ? sealed : null;
  } catch {
    return null;
  }
}
