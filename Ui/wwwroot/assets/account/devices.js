// The devices, and ending their sessions.

import { call, problemOf } from "../api.js";
import { confirmed } from "../confirm.js";
import { announce, copyOf, say } from "../dom.js";
import { endedRow, liveRow, nameOf, rememberedRow } from "./devicerows.js";
import { keepFocus, loading } from "./section.js";

const REFRESH_EVERY = 30_000;

/**
 * @param {AccountPage} account
 * @returns {Section}
 */
export function showDevices({ act }) {
  const { fragment, parts } = copyOf("devices-section");
  let warning = "";
  const { load, close } = loading(act, {
    path: "/sessions",
    every: REFRESH_EVERY,
    /** @param {DeviceList} body */
    done: (body) => {
      say(parts.problem, null);
      render(body);
    },
    failed: (sentence) => {
      parts.live.setAttribute("aria-busy", "false");
      parts.live.querySelector(".skeleton")?.remove();
      say(parts.problem, parts.live.children.length > 0 ? `${sentence} The list may be out of date.` : sentence);
    },
  });

  /** @param {DeviceList} body */
  const render = ({ sessions, ended: past, remembered }) => {
    const mine = sessions.filter((session) => session.current);
    const others = sessions.filter((session) => !session.current)
      .sort((a, b) => b.lastSeenAt.localeCompare(a.lastSeenAt));
    keepFocus(parts.live, () =>
      parts.live.replaceChildren(...[...mine, ...others].map((session) => liveRow(session, endOne, endApplication))));
    parts.live.setAttribute("aria-busy", "false");
    parts.count.textContent = String(sessions.length);
    parts.alone.hidden = others.length > 0;
    parts["end-others"].hidden = others.length + remembered.length === 0;
    warning = [
      others.length === 1 ? "One other device will be signed out." : "",
      others.length > 1 ? `${others.length} other devices will be signed out.` : "",
      remembered.length > 0 ? "Devices that are already signed out will no longer be recognized." : "",
    ].filter(Boolean).join(" ");
    parts["remembered-section"].hidden = remembered.length === 0;
    parts.remembered.replaceChildren(...remembered.map(rememberedRow));
    parts["ended-section"].hidden = past.length === 0;
    parts.ended.replaceChildren(...past.map(endedRow));
  };

  /**
   * @param {HTMLButtonElement} button
   * @param {string} method
   * @param {string} path
   * @param {string} done
   */
  const change = async (button, method, path, done) => {
    button.setAttribute("aria-busy", "true");
    button.disabled = true;
    const answer = await act(() => call(method, path));
    button.removeAttribute("aria-busy");
    button.disabled = false;
    if (!answer) {
      button.focus();
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

  /**
   * @param {LiveSession} session
   * @param {HTMLButtonElement} button
   */
  const endOne = (session, button) =>
    change(button, "DELETE", `/sessions/${session.id}`, `Session on ${nameOf(session)} ended.`);

  /**
   * @param {LiveSession} session
   * @param {SessionApplication} application
   * @param {HTMLButtonElement} button
   */
  const endApplication = (session, application, button) =>
    change(
      button,
      "DELETE",
      `/sessions/${session.id}/applications/${application.id}`,
      `Access of ${application.name} ended.`);

  parts["end-others"].addEventListener("click", async () => {
    if (await confirmed({ title: "End all other sessions?", text: warning, keep: "Keep them", go: "End them" })) {
      change(parts["end-others"], "DELETE", "/sessions", "All other sessions ended.");
    }
  });

  return { fragment, shown: load, close };
}
