// What all forms do: missing or refused fields are marked, explained and focused; a form that is being sent is not sent
// again; after too many attempts the form shows how long to wait.

import { problemOf } from "./api.js";
import { announce, find, say } from "./dom.js";

/**
 * Wires a form to a call. `missing` has the sentence for each required field; `send` makes the call, and returns null
 * when there is nothing to show; `done` gets a successful answer. `refused` may get another one, and returns true when
 * it has handled it.
 *
 * @param {HTMLFormElement} form
 * @param {{
 *   missing?: Record<string, string>,
 *   send: () => Promise<Answer | null>,
 *   done?: (answer: Answer) => void,
 *   refused?: (answer: Answer) => boolean,
 * }} how
 */
export function wireForm(form, { missing = {}, send, done, refused }) {
  const submit = find(form, '[type="submit"]');
  /** @type {NodeListOf<HTMLElement>} */
  const reveals = form.querySelectorAll(".reveal");
  reveals.forEach(wireReveal);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (submit.getAttribute("aria-disabled") === "true") {
      return;
    }

    clearProblems(form);
    const empty = emptyFields(form, missing);
    if (Object.keys(empty).length > 0) {
      mark(form, empty);
      return;
    }

    busy(submit, true);
    const answer = await send();
    busy(submit, false);
    if (!answer || !form.isConnected) {
      return;
    }
    if (answer.ok) {
      done?.(answer);
    } else if (!refused?.(answer)) {
      refuse(form, answer);
    }
  });
}

/**
 * Shows the problem at its fields, or above them.
 *
 * @param {HTMLFormElement} form
 * @param {Answer} answer
 */
export function refuse(form, answer) {
  const errors = answer.body?.errors;
  if (errors && mark(form, errors)) {
    return;
  }

  problem(form, problemOf(answer));
  if (answer.status === 429) {
    countDown(form, Math.max(1, answer.retryAfter));
  }
}

/**
 * Shows a sentence above the fields.
 *
 * @param {HTMLFormElement} form
 * @param {string | null} sentence
 */
export function problem(form, sentence) {
  say(find(form, ".form-problem"), sentence);
}

/**
 * Marks the fields with errors, and says why; false when the form has none of them.
 *
 * @param {HTMLFormElement} form
 * @param {Record<string, string[]>} errors
 */
export function mark(form, errors) {
  /** @type {HTMLInputElement | null} */
  let first = null;
  for (const [field, sentences] of Object.entries(errors)) {
    const input = inputOf(form, field);
    const place = input && problemOfInput(form, input);
    if (!place) {
      continue;
    }
    say(place, sentences.join(" "));
    input.setAttribute("aria-invalid", "true");
    describe(form, input, place);
    first ??= input;
  }
  first?.focus();
  return first !== null;
}

/** @param {HTMLFormElement} form */
export function clearProblems(form) {
  problem(form, null);
  for (const input of form.querySelectorAll("[aria-invalid]")) {
    input.removeAttribute("aria-invalid");
    describe(form, input, null);
    say(find(form, `#${input.id}-problem`), null);
  }
}

/**
 * @param {HTMLElement} button
 * @param {boolean} is
 */
export function busy(button, is) {
  button.setAttribute("aria-busy", String(is));
  button.setAttribute("aria-disabled", String(is));
}

/**
 * @param {HTMLFormElement} form
 * @param {string} field
 */
const inputOf = (form, field) => /** @type {HTMLInputElement | null} */ (form.elements.namedItem(field));

/**
 * @param {HTMLFormElement} form
 * @param {HTMLInputElement} input
 * @returns {HTMLElement | null}
 */
const problemOfInput = (form, input) => form.querySelector(`#${input.id}-problem`);

/**
 * @param {HTMLFormElement} form
 * @param {Record<string, string>} missing
 */
function emptyFields(form, missing) {
  /** @type {Record<string, string[]>} */
  const empty = {};
  for (const [field, sentence] of Object.entries(missing)) {
    const input = inputOf(form, field);
    if (input && !input.value.trim() && input.closest("[hidden]") === null) {
      empty[field] = [sentence];
    }
  }
  return empty;
}

/**
 * @param {HTMLFormElement} form
 * @param {Element} input
 * @param {Element | null} place
 */
function describe(form, input, place) {
  const hint = form.querySelector(`#${input.id}-hint`);
  const ids = [hint, place].flatMap((element) => (element ? [element.id] : []));
  if (ids.length > 0) {
    input.setAttribute("aria-describedby", ids.join(" "));
  } else {
    input.removeAttribute("aria-describedby");
  }
}

/** @param {HTMLElement} button */
function wireReveal(button) {
  /** @type {HTMLInputElement} */
  const input = find(/** @type {HTMLElement} */ (button.parentElement), "input");
  const label = button.getAttribute("aria-label") ?? "";
  button.addEventListener("click", () => {
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    const word = shown ? "Show" : "Hide";
    button.textContent = word;
    button.setAttribute("aria-label", label.replace(/^\S+/, word));
    button.setAttribute("aria-pressed", String(!shown));
    input.focus();
  });
}

/**
 * @param {HTMLFormElement} form
 * @param {number} seconds
 */
function countDown(form, seconds) {
  const submit = find(form, '[type="submit"]');
  const place = find(form, ".form-problem");
  // The wall clock may be set meanwhile.
  const until = performance.now() + seconds * 1000;
  submit.setAttribute("aria-disabled", "true");
  const tick = () => {
    if (!form.isConnected) {
      clearInterval(timer);
      return;
    }
    const left = Math.ceil((until - performance.now()) / 1000);
    if (left > 0) {
      place.textContent = `Too many failed attempts. You can try again in ${left} ${left === 1 ? "second" : "seconds"}.`;
      return;
    }
    clearInterval(timer);
    submit.setAttribute("aria-disabled", "false");
    place.textContent = "You can try again now.";
  };
  // Screen readers read it once, not every second.
  place.setAttribute("aria-live", "off");
  announce(`Too many failed attempts. Try again in ${seconds} seconds.`);
  const timer = setInterval(tick, 1000);
  tick();
}
