// The outcome of following a link in an email, and a link to the next page.

import { announce, copyOf, show } from "../dom.js";

/** @param {{ title: string, text: string, link: [label: string, path: string] }} outcome */
export function showOutcome({ title, text, link: [label, path] }) {
  const { fragment, parts } = copyOf("outcome-view");
  parts.heading.textContent = title;
  parts.text.textContent = text;
  parts.link.textContent = label;
  parts.link.href = path;
  show(fragment, title);
  parts.heading.focus();
  announce(text);
}
