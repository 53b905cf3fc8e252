// One field for the code of an authenticator app, which turns into one for a recovery code and back.

import { clearProblems } from "./forms.js";

/** Wires the field of a form; says what it holds in the words of the API. */
export function wireCodeField(form, withRecovery) {
  const field = form.querySelector(".code-field");
  const [app, recovery] = field.querySelectorAll("[data-way]");
  const toggle = field.querySelector(".switch-code");
  const shown = () => (app.hidden ? recovery : app);
  const input = () => shown().querySelector("input");

  const turn = (toRecovery) => {
    app.hidden = toRecovery;
    recovery.hidden = !toRecovery;
    toggle.textContent = toRecovery ? "Use the authenticator app instead" : "Use a recovery code instead";
  };
  turn(false);
  toggle.hidden = !withRecovery;
  toggle.addEventListener("click", () => {
    clearProblems(form);
    turn(recovery.hidden);
    input().focus();
  });

  return {
    missing: { code: "Enter the code.", recoveryCode: "Enter one of your recovery codes." },
    value: () => (recovery.hidden
      ? { code: input().value.replace(/\s/g, "") }
      : { recoveryCode: input().value.trim() }),
    focus: () => input().focus(),
    again: (answer) => {
      if (answer.status === 401) {
        input().select();
        input().focus();
      }
    },
  };
}
