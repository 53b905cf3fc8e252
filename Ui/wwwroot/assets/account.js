// The account page: the devices, and ending their sessions.

import { call, problemOf } from "./api.js";
import { announce, copyOf, say, show } from "./dom.js";
import { endedRow, liveRow, nameOf } from "./devices.js";
import { watchSession } from "./events.js";

const REFRESH_EVERY = 30_000;

/** Shows the account; returns what takes it down again. */
export function showAccount(me, onEnded) {
  const { fragment, parts } = copyOf("account-view");
  parts.email.textContent = me.email;

  let open = true;
  const closers = [];
  const close = () => {
    open = false;
    closers.forEach((closer) => closer());
  };
  const ended = (reason) => {
    if (open) {
      close();
      onEnded(reason);
    }
  };

  const load = async () => {
    const answer = await call("GET", "/sessions");
    if (!open) {
      return;
    }
    if (answer.status === 401) {
      ended(null);
    } else if (answer.ok) {
      say(parts.problem, null);
      render(answer.body);
    } else {
      parts.live.setAttribute("aria-busy", "false");
      parts.live.querySelector(".skeleton")?.remove();
      say(parts.problem, `${problemOf(answer)} The list may be out of date.`);
    }
  };

  const render = ({ sessions, ended: past }) => {
    const mine = sessions.filter((session) => session.current);
    const others = sessions.filter((session) => !session.current)
      .sort((a, b) => b.lastSeenAt.localeCompare(a.lastSeenAt));
    keepFocus(parts.live, () =>
      parts.live.replaceChildren(...[...mine, ...others].map((session) => liveRow(session, endOne))));
    parts.live.setAttribute("aria-busy", "false");
    parts.count.textContent = String(sessions.length);
    parts.alone.hidden = others.length > 0;
    parts["end-others"].hidden = others.length === 0;
    parts["confirm-text"].textContent = others.length === 1
      ? "One other device will have to sign in again."
      : `${others.length} other devices will have to sign in again.`;
    parts["ended-section"].hidden = past.length === 0;
    parts.ended.replaceChildren(...past.map(endedRow));
  };

  const change = async (button, method, path, done) => {
    button.setAttribute("aria-busy", "true");
    button.disabled = true;
    const answer = await call(method, path);
    button.removeAttribute("aria-busy");
    button.disabled = false;
    if (!open) {
      return;
    }
    if (answer.status === 401) {
      ended(null);
      return;
    }
    if (!answer.ok && answer.status !== 404) {
      say(parts.problem, problemOf(answer));
      return;
    }
    say(parts.problem, null);
    announce(done);
    await load();
    parts.heading.focus();
  };

  const endOne = (session, button) =>
    change(button, "DELETE", `/sessions/${session.id}`, `The session of ${nameOf(session)} has ended.`);

  parts["end-others"].addEventListener("click", () => parts.confirm.showModal());
  parts.keep.addEventListener("click", () => parts.confirm.close());
  parts.end.addEventListener("click", () => {
    parts.confirm.close();
    change(parts["end-others"], "DELETE", "/sessions", "All other sessions have ended.");
  });
  parts["sign-out"].addEventListener("click", async () => {
    parts["sign-out"].disabled = true;
    const answer = await call("POST", "/logout");
    if (answer.ok) {
      ended("signed-out");
      return;
    }
    parts["sign-out"].disabled = false;
    if (open) {
      say(parts.problem, `You are still signed in. ${problemOf(answer)}`);
    }
  });

  show(fragment, "Your devices");
  parts.heading.focus();
  load();

  const timer = setInterval(() => document.hidden || load(), REFRESH_EVERY);
  closers.push(() => clearInterval(timer));
  const seen = () => document.hidden || load();
  document.addEventListener("visibilitychange", seen);
  closers.push(() => document.removeEventListener("visibilitychange", seen));
  closers.push(watchSession(ended));
  return close;
}

// A list that is drawn anew must not take the keyboard's place from under somebody's hands.
function keepFocus(list, draw) {
  const label = list.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null;
  draw();
  if (label) {
    list.querySelector(`button[aria-label="${CSS.escape(label)}"]`)?.focus();
  }
}
