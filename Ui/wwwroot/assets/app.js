// Which view is shown: by the address, and by whether somebody is signed in.

import { call, problemOf, UNREACHABLE } from "./api.js";
import { isSection, sectionFor, showAccount } from "./account/frame.js";
import { showRegister } from "./entry/register.js";
import { showSignIn } from "./entry/signin.js";
import { showForgot } from "./mail/forgot.js";
import { showNewAddress } from "./mail/newaddress.js";
import { showReset } from "./mail/reset.js";
import { takeToken } from "./mail/token.js";
import { showVerify } from "./mail/verify.js";
import { stopWaiting } from "./webauthn.js";
import { endedHere, endedUnknown } from "./words.js";

let account = null;
let wanted = null;
let turn = 0;

/** The id of the user whose account was shown last, until that person goes or signs in anew. */
let shownTo = null;

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
  if (pathname === "/verify-address") {
    showVerify(me, token);
  } else if (me && pathname === "/new-address") {
    showNewAddress(me, token);
  } else if (me) {
    const section = sectionFor(me, isSection(pathname) ? pathname : wanted);
    wanted = null;
    moveTo(section);
    const another = shownTo && shownTo !== me.userId;
    shownTo = me.userId;
    account = showAccount(me, section, { onEnded, another });
  } else if (nobody && pathname === "/new-address") {
    // The page stays at its path, and goes on with the link after the sign-in.
    showSignIn(enter, { notice: "Sign in to the account whose address is to change. Then you can confirm the new one." });
  } else if (nobody && pathname === "/register") {
    showRegister(enter);
  } else if (nobody) {
    signIn(notice);
  } else {
    signIn(notice ?? problemOf(answer));
    retrySoon(mine, answer);
  }
}

function signIn(notice) {
  wanted = isSection(location.pathname) ? location.pathname : wanted;
  moveTo("/login");
  showSignIn(enter, { notice });
}

function enter() {
  shownTo = null;
  route();
}

// Nobody is signed out by an outage: when the server answers again, the account comes back by itself, unless
// somebody has begun to type.
function retrySoon(mine, answer) {
  const after = answer.status === UNREACHABLE ? 5 : Math.max(2, answer.retryAfter);
  setTimeout(() => {
    if (mine === turn && !hasTyped()) {
      route();
    }
  }, after * 1000);
}

// The cookies of a sign-in in another tab come with its answer, which may be a moment after the news that it has ended
// the session from before.
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
  return Boolean(document.querySelector("#password")?.value || document.querySelector("#email")?.value);
}

// The page is emptied first; then it turns out whether this browser has a newer session to go on with.
function onEnded(reason) {
  account = null;
  if (reason === "signed-out" || reason === "account-deleted") {
    // Whoever comes next begins at the beginning.
    shownTo = null;
    moveTo("/login");
  }
  const sentence = reason ? endedHere[reason] ?? endedUnknown : endedUnknown;
  signIn(sentence);
  if (reason === "signed-in-again" || reason === "another-user") {
    followNext(sentence);
  }
}

function moveTo(path) {
  if (location.pathname !== path) {
    history.replaceState(null, "", path);
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-route]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    if (link.pathname !== location.pathname) {
      history.pushState(null, "", link.pathname);
    }
    route();
  }
  if (event.target.closest("a.skip")) {
    // Not by the fragment, which belongs to the links from mails.
    event.preventDefault();
    document.querySelector("h1")?.focus();
  }
});
window.addEventListener("popstate", () => route());
window.addEventListener("pageshow", (event) => {
  if (event.persisted) {
    account?.close();
    account = null;
    document.getElementById("view").replaceChildren();
    route();
  }
});
route();
