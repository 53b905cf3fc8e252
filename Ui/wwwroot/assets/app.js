// Which view is shown: by the address, and by whether somebody is signed in.

import { call, problemOf, UNREACHABLE } from "./api.js";
import { showAccount } from "./account.js";
import { showRegister, showSignIn } from "./entry.js";
import { endedHere, endedUnknown } from "./words.js";

let takeDown = null;
let turn = 0;

async function route(notice) {
  const mine = ++turn;
  takeDown?.();
  takeDown = null;

  const answer = await call("GET", "/me");
  if (mine !== turn) {
    return;
  }
  if (answer.ok) {
    moveTo("/account");
    takeDown = showAccount(answer.body, onEnded);
  } else if (answer.status === 401 && location.pathname === "/register") {
    showRegister(route);
  } else if (answer.status === 401) {
    signIn(notice);
  } else {
    signIn(notice ?? problemOf(answer));
    retrySoon(mine, answer);
  }
}

function signIn(notice) {
  moveTo("/login");
  showSignIn(() => route(), notice);
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
    history.pushState(null, "", link.pathname);
    route();
  }
});
window.addEventListener("popstate", () => route());
window.addEventListener("pageshow", (event) => {
  if (event.persisted) {
    document.getElementById("view").replaceChildren();
    route();
  }
});
route();
