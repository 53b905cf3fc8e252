// One field for the code of a second factor. When several factors have codes, a button switches to the next one.

import { copyOf, find } from "./dom.js";
import { codesOf } from "./factors.js";
import { clearProblems } from "./forms.js";

/**
 * Wires the field of a form for those of the methods that have codes. `value` is the code as the API takes it.
 *
 * @param {HTMLFormElement} form
 * @param {string[]} methods
 */
export function wireCodeField(form, methods) {
  const field = find(form, ".code-field");
  const toggle = find(field, ".switch-code");
  const ways = codesOf(methods).map((code) => ({ code, ...way(code, "hints" in field.dataset) }));
  let shown = 0;

  /** @param {number} to */
  const turn = (to) => {
    shown = to;
    ways.forEach(({ place }, i) => {
      place.hidden = i !== to;
    });
    toggle.textContent = ways[(to + 1) % ways.length].code.instead;
  };
  const input = () => ways[shown].input;

  ways.forEach(({ place }) => toggle.before(place));
  toggle.hidden = ways.length < 2;
  if (ways.length > 0) {
    turn(0);
  }
  toggle.addEventListener("click", () => {
    clearProblems(form);
    turn((shown + 1) % ways.length);
    input().focus();
  });

  return {
    isAsked: ways.length > 0,
    missing: Object.fromEntries(ways.map(({ code }) => [code.field, code.missing])),
    value: () => ways[shown].code.proof(input().value),
    focus: () => input().focus(),
    /** @param {Answer} answer */
    again: (answer) => {
      if (answer.status === 401) {
        input().select();
        input().focus();
      }
    },
  };
}

/**
 * @param {import("./factors.js").CodeField} code
 * @param {boolean} withHint
 */
function way(code, withHint) {
  const { parts } = copyOf("code-way", code.field);
  const { place, label, input, hint } = parts;
  label.textContent = code.label;
  input.name = code.field;
  Object.entries(code.input).forEach(([name, value]) => input.setAttribute(name, value));
  if (withHint) {
    hint.textContent = code.hint;
    input.setAttribute("aria-describedby", hint.id);
  } else {
    hint.remove();
  }
  return { place, input };
}
