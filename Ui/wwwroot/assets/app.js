// Chooses the view: by the path, and by whether the browser is signed in.

import { call, problemOf, UNREACHABLE } from "./api.js";
import { isSection, sectionFor, showAccount } from "./account/frame.js";
import { showConfirmIdentity } from "./entry/confirmidentity.js";
import { showRegister } from "./entry/register.js";
import { goBack, goOn, takeReturn, takeSignOut, waiting } from "./entry/returning.js";
import { viewPlace } from "./dom.js";
import { showSignIn } from "./entry/signin.js";
import { showSignOut } from "./entry/signout.js";
import { showForgot } from "./mail/forgot.js";
import { showNewEmail } from "./mail/newemail.js";
import { showReset } from "./mail/reset.js";
import { takeToken } from "./mail/token.js";
import { showVerify } from "./mail/verify.js";
import { stopWaiting } from "./webauthn.js";
import { endedHere, endedUnknown } from "./words.js";

/** @type {{ go: (path: string) => void, close: () => void } | null} */
let account = null;
/** @type {string | null} */
let wanted = null;
let turn = 0;

/**
 * The id of the user whose account was shown last, until a sign-out or a new sign-in.
 *
 * @type {string | null}
 */
let shownTo = null;

/** The email that an application wants to be filled in. */
let hinted = "";

/** @param {string} [notice] */
async function route(notice) {
  const mine = ++turn;
  stopWaiting();
  const { pathname } = location;
  if (account && isSection(pathname) && !notice) {
    account.go(pathname);
    return;
  }

  account?.close();
  account = null;
  const token = takeToken();
  hinted = takeReturn() || hinted;
  if (pathname === "/forgot") {
    showForgot();
    return;
  }
  if (pathname === "/reset") {
    showReset(token);
    return;
  }

  const answer = await call("GET", "/session");
  if (mine !== turn) {
    return;
  }
  const me = answer.ok ? answer.body : null;
  const nobody = answer.ok && !me;
  if (pathname === "/verify-email") {
    showVerify(me, token);
  } else if (me && pathname === "/new-email") {
    showNewEmail(me, token);
  } else if (pathname === "/sign-out") {
    signOut(me, answer.ok);
  } else if (me && pathname === "/confirm") {
    showConfirmIdentity(me, leave);
  } else if (me && goesBack(me, pathname)) {
    goBack();
  } else if (me) {
    const section = sectionFor(me, isSection(pathname) ? pathname : wanted);
    wanted = null;
    moveTo(section);
    const another = shownTo !== null && shownTo !== me.userId;
    shownTo = me.userId;
    account = showAccount(me, section, { onEnded, another });
  } else if (nobody && pathname === "/new-email") {
    // The path stays, so that the link is used after the sign-in.
    showSignIn(enter, { notice: "Sign in to confirm your new email." });
  } else if (nobody && pathname === "/register") {
    showRegister(enter);
  } else if (nobody) {
    signIn(notice);
  } else {
    signIn(notice ?? problemOf(answer));
    retrySoon(mine, answer);
  }
}

/** @param {string} [notice] */
function signIn(notice) {
  wanted = isSection(location.pathname) ? location.pathname : wanted;
  moveTo("/login");
  showSignIn(enter, { notice, email: hinted });
}

/**
 * An application waits for nothing but the sign-in. Where it waits for a second factor, the user continues by a button.
 *
 * @param {Me} me
 * @param {string} pathname
 */
function goesBack(me, pathname) {
  return waiting() !== null && me.next !== "second-factor-setup" && pathname !== "/account/sign-in";
}

/**
 * @param {Me | null} me
 * @param {boolean} known Whether it is known who is signed in.
 */
function signOut(me, known) {
  const sealed = takeSignOut();
  if (me) {
    showSignOut(me, sealed, { onStayed: leave, onSignedOut: leave });
  } else if (known && sealed) {
    goOn(sealed);
  } else {
    signIn();
  }
}

/** To the account, or to the sign-in when there is none. */
function leave() {
  moveTo("/account");
  route();
}

function enter() {
  shownTo = null;
  route();
}

/**
 * An outage ends no session: when the server answers again, the account is shown, unless the user has begun to type.
 *
 * @param {number} mine
 * @param {Answer} answer
 */
function retrySoon(mine, answer) {
  const after = answer.status === UNREACHABLE ? 5 : Math.max(2, answer.retryAfter);
  setTimeout(() => {
    if (mine === turn && !hasTyped()) {
      route();
    }
  }, after * 1000);
}

/**
 * Waits for the cookies of a sign-in in another tab: the previous session may end a moment before they arrive.
 *
 * @param {string} notice
 */
async function followNext(notice) {
  const mine = turn;
  for (const pause of [0, 500, 1000, 2000, 4000]) {
    await new Promise((go) => setTimeout(go, pause));
    const answer = mine === turn && !hasTyped() ? await call("GET", "/session") : null;
    if (!answer || mine !== turn || hasTyped()) {
      return;
    }
    if (!answer.ok || answer.body) {
      route(notice);
      return;
    }
  }
}

function hasTyped() {
  /** @type {(selector: string) => HTMLInputElement | null} */
  const field = (selector) => document.querySelector(selector);
  return Boolean(field("#password")?.value || field("#email")?.value);
}

/**
 * Removes the account from the page. If another sign-in ended the session, its account is shown then.
 *
 * @param {string | null} reason
 */
function onEnded(reason) {
  account = null;
  if (reason === "signed-out" || reason === "account-deleted") {
    // The next user starts at the first section.
    shownTo = null;
    moveTo("/login");
  }
  const sentence = reason ? endedHere[reason] ?? endedUnknown : endedUnknown;
  signIn(sentence);
  if (reason === "signed-in-again" || reason === "another-user") {
    followNext(sentence);
  }
}

/** @param {string} path */
function moveTo(path) {
  if (location.pathname !== path) {
    history.replaceState(null, "", path);
  }
}

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  /** @type {HTMLAnchorElement | null} */
  const link = target.closest("a[data-route]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    if (link.pathname !== location.pathname) {
      history.pushState(null, "", link.pathname);
    }
    route();
  }
  if (target.closest("a.skip")) {
    // Not with a fragment, which belongs to the links in emails.
    event.preventDefault();
    document.querySelector("h1")?.focus();
  }
});
window.addEventListener("popstate", () => route());
window.addEventListener("pageshow", (event) => {
  if (event.persisted) {
    account?.close();
    account = null;
    viewPlace().replaceChildren();
    route();
  }
});
route();
