// The authenticator app: setting it up, turning it off, and its recovery codes.

import { call, problemOf } from "../api.js";
import { confirmed } from "../confirm.js";
import { announce, say } from "../dom.js";
import { busy, clearProblems, refuse, wireForm } from "../forms.js";
import { copyText } from "../keep.js";
import { showRecoveryCodes } from "./recoverycodes.js";

export function wireAuthenticator(parts, { act, me }, changed) {
  const { setup } = parts;
  const open = (is) => {
    setup.hidden = !is;
    parts["totp-set-up"].hidden = is || me().totp || !me().emailVerified;
  };

  const render = ({ totp, recoveryCodesLeft: left, emailVerified }) => {
    parts["totp-on"].hidden = !totp;
    parts["totp-codes"].hidden = !totp;
    parts["totp-off"].hidden = !totp;
    parts["totp-set-up"].hidden = totp || !setup.hidden || !emailVerified;
    say(parts["totp-left"], totp
      ? `${left === 1 ? "One recovery code is" : `${left || "No"} recovery codes are`} left.${left < 3 ? " Make new ones soon." : ""}`
      : null);
  };

  const push = async (button, method, path) => {
    say(parts["totp-problem"], null);
    busy(button, true);
    const answer = await act(() => call(method, path));
    busy(button, false);
    if (answer && !answer.ok) {
      say(parts["totp-problem"], problemOf(answer));
    }
    return answer?.ok ? answer : null;
  };

  parts["totp-set-up"].addEventListener("click", async () => {
    const answer = await push(parts["totp-set-up"], "POST", "/factors/totp");
    if (!answer) {
      return;
    }
    const { secret, uri, qr } = answer.body;
    parts.qr.src = `data:image/svg+xml,${encodeURIComponent(qr)}`;
    parts.secret.textContent = secret.match(/.{1,4}/g).join(" ");
    parts["open-app"].hidden = !uri.startsWith("otpauth:");
    parts["open-app"].href = uri.startsWith("otpauth:") ? uri : "";
    setup.reset();
    clearProblems(setup);
    open(true);
    parts["setup-heading"].focus();
  });
  parts["copy-secret"].addEventListener("click", async () => {
    const text = parts.secret.textContent.replaceAll(" ", "");
    const sentence = await copyText(text, parts.secret);
    say(parts["secret-copied"], sentence);
  });
  parts["setup-cancel"].addEventListener("click", () => {
    forget();
    parts["totp-set-up"].focus();
  });
  // The secret is of no use to anybody any more, and is taken out of the page.
  const forget = () => {
    open(false);
    parts.qr.removeAttribute("src");
    parts.secret.textContent = "";
    parts["open-app"].removeAttribute("href");
    say(parts["secret-copied"], null);
  };

  wireForm(setup, {
    missing: { code: "Enter the 6 digits that the app shows." },
    send: () => act(() => call("POST", "/factors/totp/confirm", { code: setup.code.value.replace(/\s/g, "") })),
    done: async (answer) => {
      forget();
      await showRecoveryCodes(answer.body.recoveryCodes, me().email);
      await changed();
      announce("The authenticator app is turned on.");
      parts["totp-heading"].focus();
    },
    refused: (answer) => {
      refuse(setup, answer);
      setup.code.select();
      setup.code.focus();
      return true;
    },
  });

  parts["totp-codes"].addEventListener("click", async () => {
    const sure = await confirmed({
      title: "Make new recovery codes?",
      text: "The codes that you have now will not work any more.",
      keep: "Keep the old ones",
      go: "Make new ones",
    });
    const answer = sure && (await push(parts["totp-codes"], "POST", "/factors/recovery-codes"));
    if (answer) {
      await showRecoveryCodes(answer.body.recoveryCodes, me().email);
      await changed();
      parts["totp-heading"].focus();
    }
  });
  parts["totp-off"].addEventListener("click", async () => {
    const sure = await confirmed({
      title: "Turn the authenticator app off?",
      text: "Its recovery codes go with it, and your other devices have to sign in again.",
      keep: "Keep it on",
      go: "Turn it off",
    });
    if (sure && (await push(parts["totp-off"], "DELETE", "/factors/totp"))) {
      await changed();
      announce("The authenticator app is turned off.");
      parts["totp-heading"].focus();
    }
  });

  return { render };
}
