// Signing in and registering: two forms with the same manners.

import { call, problemOf } from "./api.js";
import { announce, copyOf, say, show } from "./dom.js";

/** The sign-in form, with a sentence above it where there is something to say first. */
export function showSignIn(onEntered, notice) {
  const { fragment, parts } = copyOf("sign-in-view");
  say(parts.notice, notice);
  wire(parts, "/login", (form) => ({
    email: form.email.value,
    password: form.password.value,
    remember: form.remember.checked,
  }), onEntered);
  show(fragment, "Sign in");
  if (notice) {
    announce(notice);
  }
  focusFirst();
}

export function showRegister(onEntered) {
  const { fragment, parts } = copyOf("register-view");
  wire(parts, "/register", (form) => ({
    email: form.email.value,
    password: form.password.value,
  }), onEntered);
  show(fragment, "Create an account");
  focusFirst();
}

function focusFirst() {
  document.getElementById("email").focus();
}

function wire(parts, path, read, onEntered) {
  const { form, reveal } = parts;
  reveal.addEventListener("click", () => {
    const shown = form.password.type === "text";
    form.password.type = shown ? "password" : "text";
    reveal.textContent = shown ? "Show" : "Hide";
    reveal.setAttribute("aria-label", shown ? "Show password" : "Hide password");
    reveal.setAttribute("aria-pressed", String(!shown));
    form.password.focus();
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (parts.submit.getAttribute("aria-disabled") === "true") {
      return;
    }

    clear(parts);
    const missing = missingFields(form);
    if (Object.keys(missing).length > 0) {
      mark(form, missing);
      return;
    }

    busy(parts.submit, true);
    const answer = await call("POST", path, read(form));
    busy(parts.submit, false);
    if (answer.ok) {
      form.reset();
      onEntered();
      return;
    }
    refuse(parts, answer);
  });
}

function missingFields(form) {
  const missing = {};
  if (!form.email.value.trim()) {
    missing.email = ["Enter your e-mail address."];
  }
  if (!form.password.value) {
    missing.password = ["Enter a password."];
  }
  return missing;
}

function refuse(parts, answer) {
  const errors = answer.body?.errors;
  if (errors) {
    mark(parts.form, errors);
    return;
  }

  say(parts.problem, problemOf(answer));
  if (answer.status === 429) {
    countDown(parts, Math.max(1, answer.retryAfter));
  } else if (answer.status === 401) {
    parts.form.password.select();
    parts.form.password.focus();
  } else if (answer.status === 409) {
    parts.form.email.focus();
  }
}

function mark(form, errors) {
  let first = null;
  for (const [field, sentences] of Object.entries(errors)) {
    const input = form.elements[field];
    const problem = document.getElementById(`${field}-problem`);
    if (!input || !problem) {
      continue;
    }
    say(problem, sentences.join(" "));
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", describedBy(input, problem));
    first ??= input;
  }
  first?.focus();
}

function clear(parts) {
  say(parts.problem, null);
  for (const input of parts.form.querySelectorAll("[aria-invalid]")) {
    const problem = document.getElementById(`${input.name}-problem`);
    input.removeAttribute("aria-invalid");
    input.setAttribute("aria-describedby", describedBy(input, null));
    say(problem, null);
  }
}

function describedBy(input, problem) {
  const hint = document.getElementById(`${input.name}-hint`);
  return [hint, problem].filter(Boolean).map((element) => element.id).join(" ");
}

function busy(button, is) {
  button.setAttribute("aria-busy", String(is));
  button.setAttribute("aria-disabled", String(is));
}

function countDown(parts, seconds) {
  const until = Date.now() + seconds * 1000;
  parts.submit.setAttribute("aria-disabled", "true");
  const tick = () => {
    if (!parts.form.isConnected) {
      clearInterval(timer);
      return;
    }
    const left = Math.ceil((until - Date.now()) / 1000);
    if (left > 0) {
      parts.problem.textContent = `Too many failed sign-ins. You can try again in ${left} ${left === 1 ? "second" : "seconds"}.`;
      return;
    }
    clearInterval(timer);
    parts.submit.setAttribute("aria-disabled", "false");
    parts.problem.textContent = "You can try again now.";
  };
  // Read out once, and not with each second.
  parts.problem.setAttribute("aria-live", "off");
  announce(`Too many failed sign-ins. Wait ${seconds} seconds.`);
  const timer = setInterval(tick, 1000);
  tick();
}
