// "Check your email": the view that is shown until the link in the email is opened.

import { announce, copyOf, show } from "../dom.js";
import { mailSent } from "../words.js";
import { keepForOtherTab } from "./returning.js";

/**
 * @param {keyof typeof mailSent} occasion
 * @param {string} email
 */
export function showLookAtMail(occasion, email) {
  keepForOtherTab();
  const { fragment, parts } = copyOf("look-at-mail-view");
  const [before, after] = mailSent[occasion];
  parts.text.append(before, strong(email.trim()), after);
  show(fragment, "Check your email");
  parts.heading.focus();
  announce(parts.text.textContent);
}

/** @param {string} text */
function strong(text) {
  const element = document.createElement("strong");
  element.textContent = text;
  return element;
}
