// The passkeys: the list, adding one, removing one.

import { call, problemOf } from "../api.js";
import { confirmed } from "../confirm.js";
import { announce, copyOf, say } from "../dom.js";
import { problem, wireForm } from "../forms.js";
import { makePasskey, passkeyProblem, supported } from "../webauthn.js";
import { timeElement } from "../words.js";
import { nameOf } from "./devicerows.js";
import { keepFocus, loading } from "./section.js";

/**
 * @param {Templates["sign-in-section"]} parts
 * @param {AccountPage} account
 * @param {() => Promise<void>} changed
 */
export function wirePasskeys(parts, { act, me }, changed) {
  const form = parts["add-passkey"];
  const { load, close } = loading(act, {
    path: "/passkeys",
    /** @param {{ passkeys: ListedPasskey[] }} body */
    done: ({ passkeys }) => {
      say(parts["passkeys-problem"], null);
      keepFocus(parts.passkeys, () => parts.passkeys.replaceChildren(...passkeys.map((passkey) => row(passkey, remove))));
      parts.passkeys.setAttribute("aria-busy", "false");
      parts.passkeys.hidden = passkeys.length === 0;
      parts["no-passkeys"].hidden = passkeys.length > 0;
    },
    failed: (sentence) => {
      parts.passkeys.setAttribute("aria-busy", "false");
      parts.passkeys.querySelector(".skeleton")?.remove();
      parts.passkeys.hidden = parts.passkeys.children.length === 0;
      say(parts["passkeys-problem"], sentence);
    },
  });

  /** @type {OnRemove} */
  const remove = async (passkey, button) => {
    const sure = await confirmed({
      title: `Remove “${passkey.name}”?`,
      text: "You can no longer sign in with it, and your other devices are signed out. " +
        "Delete it on your device as well.",
      keep: "Keep it",
      go: "Remove it",
    });
    if (!sure) {
      return;
    }
    button.disabled = true;
    const answer = await act(() => call("DELETE", `/passkeys/${encodeURIComponent(passkey.id)}`));
    button.disabled = false;
    if (!answer) {
      return;
    }
    if (!answer.ok && answer.status !== 404) {
      say(parts["passkeys-problem"], problemOf(answer));
      return;
    }
    announce(`Passkey ${passkey.name} removed.`);
    await Promise.all([load(), changed()]);
    parts["passkeys-heading"].focus();
  };

  const name = /** @type {HTMLInputElement} */ (form.elements.namedItem("name"));
  const suggestName = () => {
    name.value = nameOf(me().session);
  };

  const add = async () => {
    const options = await act(() => call("POST", "/passkeys/options"));
    if (!options?.ok) {
      return options;
    }
    try {
      const made = await makePasskey(options);
      return made && act(() => call("POST", "/passkeys", { ...made, name: name.value.trim() }));
    } catch (error) {
      problem(form, passkeyProblem(error));
      return null;
    }
  };

  wireForm(form, {
    missing: { name: "Enter a name for the passkey." },
    send: add,
    done: async (answer) => {
      announce(`Passkey ${answer.body.name} added.`);
      suggestName();
      await Promise.all([load(), changed()]);
      parts["passkeys-heading"].focus();
    },
  });
  suggestName();
  /** @param {Me} me */
  const render = ({ emailVerified }) => {
    form.hidden = !supported || !emailVerified;
  };
  parts["passkeys-unsupported"].hidden = supported;

  return { load, close, render };
}

/** @typedef {(passkey: ListedPasskey, button: HTMLButtonElement) => void} OnRemove */

/**
 * @param {ListedPasskey} passkey
 * @param {OnRemove} onRemove
 */
function row(passkey, onRemove) {
  const { fragment, parts } = copyOf("passkey-row");
  parts.name.textContent = passkey.name;
  parts.synced.hidden = !passkey.synced;
  parts.used.append(...(passkey.lastUsedAt ? ["Last used ", timeElement(passkey.lastUsedAt)] : ["Not used yet"]));
  parts.more.append("Added ", timeElement(passkey.createdAt));
  parts.remove.setAttribute("aria-label", `Remove the passkey ${passkey.name}`);
  parts.remove.addEventListener("click", () => onRemove(passkey, parts.remove));
  return fragment;
}
