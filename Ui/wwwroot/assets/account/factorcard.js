// A second factor: setting it up, turning it off, and the recovery codes.

import { call, problemOf } from "../api.js";
import { confirmed } from "../confirm.js";
import { announce, copyOf, say } from "../dom.js";
import { busy, clearProblems, refuse, wireForm } from "../forms.js";
import { copyText } from "../keep.js";
import { showRecoveryCodes } from "./recoverycodes.js";

/**
 * The card of a factor, and a function that renders the account in it.
 *
 * @param {{ method: string, card: import("../factors.js").Card }} factor
 * @param {AccountPage} account
 * @param {() => Promise<void>} changed
 */
export function cardOf({ method, card: { name, missing, words } }, { act, me }, changed) {
  const { fragment, parts } = copyOf("factor-card", method);
  const { setup } = parts;
  const path = `/factors/${method}`;
  for (const [part, text] of Object.entries(words)) {
    parts[/** @type {keyof typeof parts} */ (part)].textContent = text;
  }
  parts.qr.alt = `QR code for your ${name}`;

  /** @param {Me} account */
  const isOn = ({ factors }) => factors.includes(method);
  /** @param {boolean} is */
  const open = (is) => {
    setup.hidden = !is;
    parts["set-up"].hidden = is || isOn(me()) || !me().emailVerified;
  };

  /** @param {Me} account */
  const render = (account) => {
    const { recoveryCodesLeft: left, emailVerified } = account;
    const on = isOn(account);
    parts.on.hidden = !on;
    parts.codes.hidden = !on;
    parts.off.hidden = !on;
    parts["set-up"].hidden = on || !setup.hidden || !emailVerified;
    say(parts.left, on
      ? `${left === 1 ? "One recovery code is" : `${left || "No"} recovery codes are`} left.${left < 3 ? " Create new codes soon." : ""}`
      : null);
  };

  /** @param {HTMLElement} button @param {[method: string, path: string]} request */
  const push = async (button, ...request) => {
    say(parts.problem, null);
    busy(button, true);
    const answer = await act(() => call(...request));
    busy(button, false);
    if (answer && !answer.ok) {
      say(parts.problem, problemOf(answer));
    }
    return answer?.ok ? answer : null;
  };

  parts["set-up"].addEventListener("click", async () => {
    const answer = await push(parts["set-up"], "POST", path);
    if (!answer) {
      return;
    }
    /** @type {{ secret: string, uri: string, qr: string }} */
    const { secret, uri, qr } = answer.body;
    parts.qr.src = `data:image/svg+xml,${encodeURIComponent(qr)}`;
    parts.secret.textContent = secret.match(/.{1,4}/g)?.join(" ") ?? "";
    parts.open.hidden = !uri.startsWith("otpauth:");
    parts.open.href = uri.startsWith("otpauth:") ? uri : "";
    setup.reset();
    clearProblems(setup);
    open(true);
    parts["setup-heading"].focus();
  });
  parts["copy-secret"].addEventListener("click", async () => {
    const text = (parts.secret.textContent ?? "").replaceAll(" ", "");
    const sentence = await copyText(text, parts.secret);
    say(parts["secret-copied"], sentence);
  });
  parts["setup-cancel"].addEventListener("click", () => {
    forget();
    parts["set-up"].focus();
  });
  // The secret is not needed any more, and is removed from the page.
  const forget = () => {
    open(false);
    parts.qr.removeAttribute("src");
    parts.secret.textContent = "";
    parts.open.removeAttribute("href");
    say(parts["secret-copied"], null);
  };

  wireForm(setup, {
    missing: { code: missing },
    send: () => act(() => call("POST", `${path}/confirm`, { code: setup.code.value.replace(/\s/g, "") })),
    done: async (answer) => {
      forget();
      await showRecoveryCodes(answer.body.recoveryCodes, me().email);
      await changed();
      announce(`${words.name} turned on.`);
      parts.heading.focus();
    },
    refused: (answer) => {
      refuse(setup, answer);
      setup.code.select();
      setup.code.focus();
      return true;
    },
  });

  parts.codes.addEventListener("click", async () => {
    const sure = await confirmed({
      title: "Create new recovery codes?",
      text: "Your current recovery codes will stop working.",
      keep: "Keep my codes",
      go: "Create new codes",
    });
    const answer = sure && (await push(parts.codes, "POST", "/factors/recovery-codes"));
    if (answer) {
      await showRecoveryCodes(answer.body.recoveryCodes, me().email);
      await changed();
      parts.heading.focus();
    }
  });
  parts.off.addEventListener("click", async () => {
    const sure = await confirmed({
      title: `Turn off the ${name}?`,
      text: "Its recovery codes stop working, and your other devices are signed out.",
      keep: "Keep it on",
      go: "Turn it off",
    });
    if (sure && (await push(parts.off, "DELETE", path))) {
      await changed();
      announce(`${words.name} turned off.`);
      parts.heading.focus();
    }
  });

  return { fragment, render };
}
