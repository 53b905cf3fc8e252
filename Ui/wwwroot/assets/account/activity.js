// The activity log of the account.

import { copyOf, say } from "../dom.js";
import { happenedTo } from "../factors.js";
import { activity, alarming, endedThere, timeElement } from "../words.js";
import { nameOf } from "./devicerows.js";
import { loading } from "./section.js";

/**
 * @param {AccountPage} account
 * @returns {Section}
 */
export function showActivity({ act }) {
  const { fragment, parts } = copyOf("activity-section");
  const { load, close } = loading(act, {
    path: "/me/activity",
    /** @param {{ events: ActivityEntry[] }} body */
    done: ({ events }) => {
      say(parts.problem, null);
      parts.list.setAttribute("aria-busy", "false");
      parts.list.replaceChildren(...events.map(row));
      parts.list.hidden = events.length === 0;
      parts.empty.hidden = events.length > 0;
    },
    failed: (sentence) => {
      parts.list.setAttribute("aria-busy", "false");
      parts.list.querySelector(".skeleton")?.remove();
      parts.list.hidden = parts.list.children.length === 0;
      say(parts.problem, sentence);
    },
  });
  return { fragment, shown: load, close };
}

/** @param {ActivityEntry} event */
function row(event) {
  const { fragment, parts } = copyOf("activity-row");
  parts.row.classList.toggle("alarm", alarming(event));
  parts.name.textContent = happenedTo(event) ?? activity[event.kind] ?? event.kind;
  parts.times.textContent = event.count > 1 ? `${event.count} times` : "";
  parts.times.hidden = event.count <= 1;
  say(parts.detail, event.reason ? endedThere[event.reason] ?? event.reason : event.detail);
  parts.more.append(timeElement(event.at));
  const from = [event.browser && nameOf({ ...event, system: event.system ?? "Unknown system" }), event.ip].filter(Boolean);
  if (from.length > 0) {
    parts.more.append(` · ${from.join(" · ")}`);
  }
  return fragment;
}
