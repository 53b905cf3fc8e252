// The account page: who is signed in, the way to each section, and the one that is shown. It stays while people
// go from section to section, and is taken down when the session ends.

import { call, isProblem, notSignedIn, problemOf, showsAccountOf } from "../api.js";
import { announce, copyOf, say, show } from "../dom.js";
import { watchSession } from "../events.js";
import { guarded } from "../stepup.js";
import { showActivity } from "./activity.js";
import { showAddress } from "./address.js";
import { showDevices } from "./devices.js";
import { wireNotices } from "./notices.js";
import { showSignInMethods } from "./signinmethods.js";

const sections = {
  "/account": { title: "Your devices", show: showDevices },
  "/account/sign-in": { title: "Sign-in methods", show: showSignInMethods },
  "/account/address": { title: "Address and password", show: showAddress },
  "/account/activity": { title: "Recent activity", show: showActivity },
};

export const isSection = (path) => path in sections;

/** Where the person has to be first: someone who owes a second factor gets no further than to setting one up. */
export const sectionFor = (me, path) =>
  (me.next === "second-factor-setup" ? "/account/sign-in" : isSection(path) ? path : "/account");

/**
 * Shows the account at a section; answers what goes to another one, and what takes it all down. `another` is whether it
 * takes the place of somebody else's account, whose page this was a moment ago.
 */
export function showAccount(firstMe, path, { onEnded, another }) {
  const { fragment, parts } = copyOf("account-view");
  let me = firstMe;
  let open = true;
  let closeSection = null;

  const close = () => {
    open = false;
    closeSection?.();
    stopWatching();
    forgetUser();
    document.removeEventListener("visibilitychange", onSeen);
  };
  const ended = (reason) => {
    if (open) {
      close();
      onEnded(reason);
    }
  };

  // A call that was under way while its cookies were replaced, here or in another tab, is refused although the
  // session goes on: the session itself is asked before anybody is sent away.
  const over = async (answer) => notSignedIn(answer) && notSignedIn(await call("GET", "/test"));

  /** Makes a call for a section; null when the page has gone meanwhile, or the person thought better of it. */
  const act = async (make, proof) => {
    const answer = await guarded(make, { email: me.email, ...proof });
    if (!open || answer.cancelled) {
      return null;
    }
    if (await over(answer)) {
      ended(null);
      return null;
    }
    if (isProblem(answer, "second-factor-required")) {
      await refresh();
      go(location.pathname);
      return null;
    }
    return open ? answer : null;
  };

  /** Asks anew who is signed in, after something has changed. */
  const refresh = async () => {
    const answer = await act(() => call("GET", "/me"));
    if (answer?.ok) {
      me = answer.body;
      render();
    }
    return me;
  };

  // In a tab that was out of sight somebody else may have signed in meanwhile: not every section asks by itself.
  const onSeen = () => document.hidden || refresh();
  document.addEventListener("visibilitychange", onSeen);

  const notices = wireNotices(parts, act);
  const render = () => {
    const restricted = me.next === "second-factor-setup";
    parts.email.textContent = me.email;
    for (const link of parts.nav.querySelectorAll("a")) {
      link.hidden = restricted && link.pathname !== "/account/sign-in";
    }
    notices.render(me);
  };

  const go = (wanted) => {
    const to = sectionFor(me, wanted);
    if (location.pathname !== to) {
      history.replaceState(null, "", to);
    }
    closeSection?.();
    for (const link of parts.nav.querySelectorAll("a")) {
      if (link.pathname === to) {
        link.setAttribute("aria-current", "page");
      } else {
        link.removeAttribute("aria-current");
      }
    }
    const view = sections[to].show({ me: () => me, act, refresh, ended, path: to });
    closeSection = view.close ?? null;
    parts.section.replaceChildren(view.fragment);
    document.title = `${sections[to].title} · SessionAuth`;
    window.scrollTo(0, 0);
    parts.section.querySelector("h1").focus();
    view.shown?.();
  };

  parts["sign-out"].addEventListener("click", async () => {
    parts["sign-out"].disabled = true;
    const answer = await call("POST", "/logout");
    if (answer.ok) {
      ended("signed-out");
      return;
    }
    parts["sign-out"].disabled = false;
    if (open) {
      say(parts["sign-out-problem"], `You are still signed in. ${problemOf(answer)}`);
    }
  });

  render();
  if (another) {
    say(parts.another, `You are signed in as ${me.email} now. Somebody has signed in in another tab of this browser.`);
  }
  show(fragment, sections["/account"].title);
  const forgetUser = showsAccountOf(me.userId, () => ended("another-user"));
  const stopWatching = watchSession(ended);
  go(path);
  if (another) {
    announce(parts.another.textContent);
  }
  return { go, close };
}
