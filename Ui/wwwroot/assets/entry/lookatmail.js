// "Look into your mail": the page after which nothing happens here until a link is opened.

import { announce, copyOf, show } from "../dom.js";
import { mailSent } from "../words.js";

/** Shows the page, for one of the occasions that words.js knows. */
export function showLookAtMail(occasion, address) {
  const { fragment, parts } = copyOf("look-at-mail-view");
  const [before, after] = mailSent[occasion];
  parts.text.append(before, strong(address.trim()), after);
  show(fragment, "Look into your mail");
  parts.heading.focus();
  announce(parts.text.textContent);
}

function strong(text) {
  const element = document.createElement("strong");
  element.textContent = text;
  return element;
}
