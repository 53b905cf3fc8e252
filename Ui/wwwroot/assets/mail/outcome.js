// The end of an errand that began in a mail: what became of it, and where to go from there.

import { announce, copyOf, show } from "../dom.js";

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
