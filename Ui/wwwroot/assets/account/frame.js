// The account page: the email, the navigation, and the current section. The page stays while the user goes from section
// to section, and is removed when the session ends.

import { call, isProblem, notSignedIn, problemOf, showsAccountOf } from "../api.js";
import { announce, copyOf, find, say, show } from "../dom.js";
import { watchSession } from "../events.js";
import { guarded } from "../stepup.js";
import { showActivity } from "./activity.js";
import { showEmail } from "./email.js";
import { showDevices } from "./devices.js";
import { wireNotices } from "./notices.js";
import { showSignInMethods } from "./signinmethods.js";

/** @type {Record<string, { title: string, show: (account: AccountPage) => Section }>} */
const sections = {
  "/account": { title: "Your devices", show: showDevices },
  "/account/sign-in": { title: "Sign-in methods", show: showSignInMethods },
  "/account/email": { title: "Email and password", show: showEmail },
  "/account/activity": { title: "Recent activity", show: showActivity },
};

/** @param {string | null} path */
export const isSection = (path) => path !== null && path in sections;

/**
 * The section to show: in a restricted session, only the one where a second factor is added.
 *
 * @param {Me} me
 * @param {string | null} path
 */
export const sectionFor = (me, path) =>
  (me.next === "second-factor-setup" ? "/account/sign-in" : path !== null && isSection(path) ? path : "/account");

/**
 * Shows the account at a section. Returns functions that go to another section, and that close the page. `another` is
 * whether the page showed the account of another user before.
 *
 * @param {Me} firstMe
 * @param {string} path
 * @param {{ onEnded: (reason: string | null) => void, another: boolean }} how
 */
export function showAccount(firstMe, path, { onEnded, another }) {
  const { fragment, parts } = copyOf("account-view");
  let me = firstMe;
  let open = true;
  /** @type {(() => void) | undefined} */
  let closeSection;

  const close = () => {
    open = false;
    closeSection?.();
    stopWatching();
    forgetUser();
    document.removeEventListener("visibilitychange", onSeen);
  };
  /** @param {string | null} reason */
  const ended = (reason) => {
    if (open) {
      close();
      onEnded(reason);
    }
  };

  /**
   * Whether the session has ended. A call whose cookies were replaced meanwhile, here or in another tab, is refused
   * although the session goes on, so the session is checked again.
   *
   * @param {Answer} answer
   */
  const over = async (answer) => notSignedIn(answer) && notSignedIn(await call("GET", "/test"));

  /** @type {Act} */
  const act = async (make, typed) => {
    const answer = await guarded(make, { email: me.email, ...typed });
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

  // Reads the account again, after a change.
  const refresh = async () => {
    const answer = await act(() => call("GET", "/me"));
    if (answer?.ok) {
      me = answer.body;
      render();
    }
    return me;
  };

  // While this tab was hidden, another user may have signed in in another tab. Not every section makes calls by itself.
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

  /** @param {string} wanted */
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
    const view = sections[to].show({ me: () => me, act, refresh, ended });
    closeSection = view.close;
    parts.section.replaceChildren(view.fragment);
    document.title = `${sections[to].title} · SessionAuth`;
    window.scrollTo(0, 0);
    find(parts.section, "h1").focus();
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
    say(parts.another, `You are now signed in as ${me.email}, because of a sign-in in another tab.`);
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
