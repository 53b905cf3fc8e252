// The manners of every form: fields that are missing or refused are marked, told and focused; a form that is
// under way takes no second push; who tried too often sees how long to wait.

import { problemOf } from "./api.js";
import { announce, say } from "./dom.js";

/**
 * Wires a form to a call. `missing` names what each field that may not be empty asks for; `send` makes the call,
 * and answers null when there is nothing to say; `done` takes what was answered well, `refused` may take what was
 * not, and answers true when it has dealt with it.
 */
export function wireForm(form, { missing = {}, send, done, refused }) {
  const submit = form.querySelector('[type="submit"]');
  form.querySelectorAll(".reveal").forEach(wireReveal);
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
      done(answer);
    } else if (!refused?.(answer)) {
      refuse(form, answer);
    }
  });
}

/** Says what was wrong: at the fields that it is about, or above them. */
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

/** A sentence above the fields. */
export function problem(form, sentence) {
  say(form.querySelector(".form-problem"), sentence);
}

/** Marks the fields that are wrong, and says why; false when the form has none of them. */
export function mark(form, errors) {
  let first = null;
  for (const [field, sentences] of Object.entries(errors)) {
    const input = form.elements[field];
    const place = input && form.querySelector(`#${input.id}-problem`);
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

export function clearProblems(form) {
  problem(form, null);
  for (const input of form.querySelectorAll("[aria-invalid]")) {
    input.removeAttribute("aria-invalid");
    describe(form, input, null);
    say(form.querySelector(`#${input.id}-problem`), null);
  }
}

export function busy(button, is) {
  button.setAttribute("aria-busy", String(is));
  button.setAttribute("aria-disabled", String(is));
}

function emptyFields(form, missing) {
  const empty = {};
  for (const [field, sentence] of Object.entries(missing)) {
    const input = form.elements[field];
    if (!input.value.trim() && input.closest("[hidden]") === null) {
      empty[field] = [sentence];
    }
  }
  return empty;
}

function describe(form, input, place) {
  const hint = form.querySelector(`#${input.id}-hint`);
  const ids = [hint, place].filter(Boolean).map((element) => element.id);
  if (ids.length > 0) {
    input.setAttribute("aria-describedby", ids.join(" "));
  } else {
    input.removeAttribute("aria-describedby");
  }
}

function wireReveal(button) {
  const input = button.parentElement.querySelector("input");
  button.addEventListener("click", () => {
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    button.textContent = shown ? "Show" : "Hide";
    button.setAttribute("aria-label", button.getAttribute("aria-label").replace(/^\S+/, button.textContent));
    button.setAttribute("aria-pressed", String(!shown));
    input.focus();
  });
}

function countDown(form, seconds) {
  const submit = form.querySelector('[type="submit"]');
  const place = form.querySelector(".form-problem");
  // Not by the clock on the wall, which somebody may set meanwhile.
  const until = performance.now() + seconds * 1000;
  submit.setAttribute("aria-disabled", "true");
  const tick = () => {
    if (!form.isConnected) {
      clearInterval(timer);
      return;
    }
    const left = Math.ceil((until - performance.now()) / 1000);
    if (left > 0) {
      place.textContent = `Too many failed tries. You can try again in ${left} ${left === 1 ? "second" : "seconds"}.`;
      return;
    }
    clearInterval(timer);
    submit.setAttribute("aria-disabled", "false");
    place.textContent = "You can try again now.";
  };
  // Read out once, and not with each second.
  place.setAttribute("aria-live", "off");
  announce(`Too many failed tries. Wait ${seconds} seconds.`);
  const timer = setInterval(tick, 1000);
  tick();
}
