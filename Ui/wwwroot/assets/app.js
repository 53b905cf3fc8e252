// Which view is shown: by the address, and by whether somebody is signed in.

import { call, notSignedIn, problemOf, UNREACHABLE } from "./api.js";
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

  const answer = await call("GET", "/me");
  if (mine !== turn) {
    return;
  }
  if (pathname === "/verify-address") {
    showVerify(answer.ok ? answer.body : null, token);
  } else if (answer.ok && pathname === "/new-address") {
    showNewAddress(answer.body, token);
  } else if (answer.ok) {
    const section = sectionFor(answer.body, isSection(pathname) ? pathname : wanted);
    wanted = null;
    moveTo(section);
    account = showAccount(answer.body, section, onEnded);
  } else if (notSignedIn(answer) && pathname === "/new-address") {
    // The page stays at its path, and goes on with the link after the sign-in.
    showSignIn(enter, { notice: "Sign in to the account whose address is to change. Then you can confirm the new one." });
  } else if (notSignedIn(answer) && pathname === "/register") {
    showRegister(enter);
  } else if (notSignedIn(answer)) {
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
  route();
}

// Nobody is signed out by an outage: when the server answers again, the account comes back by itself, unless
// somebody has begun to type.
function retrySoon(mine, answer) {
  const after = answer.status === UNREACHABLE ? 5 : Math.max(2, answer.retryAfter);
  setTimeout(() => {
    const typed = document.querySelector("#password")?.value || document.querySelector("#email")?.value;
    if (mine === turn && !typed) {
      route();
    }
  }, after * 1000);
}

// The page is emptied first; then it turns out whether this browser has a newer session to go on with.
function onEnded(reason) {
  account = null;
  if (reason === "signed-out" || reason === "account-deleted") {
    // Whoever comes next begins at the beginning.
    moveTo("/login");
  }
  const sentence = reason ? endedHere[reason] ?? endedUnknown : endedUnknown;
  signIn(sentence);
  if (reason === "signed-in-again") {
    route(sentence);
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
