// Passkeys: asking the browser for one, and for a new one. Each answers what the API takes, or null when the
// person thought better of it, which is no error.

import { call } from "./api.js";

export const supported = "PublicKeyCredential" in window && "credentials" in navigator;

/** A challenge that waits is exchanged before the server forgets it. */
const FRESH_FOR = 240_000;

/** The one request that may wait in the browser's list of suggestions; any other has to end it first. */
let waiting = null;

/** Asks for a passkey, in the browser's own dialog. Throws what the browser says when it cannot. */
export async function askForPasskey(answer) {
  stopWaiting();
  return asked(() => navigator.credentials.get({ publicKey: requestOptions(answer.body.options) }), answer);
}

/** Makes a new passkey. Throws what the browser says when it cannot. */
export async function makePasskey(answer) {
  stopWaiting();
  return asked(() => navigator.credentials.create({ publicKey: creationOptions(answer.body.options) }), answer);
}

/** Offers passkeys among the suggestions of the address field, where the browser can; calls back with one chosen. */
export async function offerPasskeys(onChosen) {
  stopWaiting();
  const controller = new AbortController();
  waiting = controller;
  if (!supported || !(await PublicKeyCredential.isConditionalMediationAvailable?.())) {
    return;
  }
  const answer = await call("POST", "/login/passkey/options");
  if (!answer.ok || controller.signal.aborted) {
    return;
  }
  whenSeen(FRESH_FOR, () => waiting === controller && offerPasskeys(onChosen));
  try {
    const proof = await asked(() => navigator.credentials.get({
      publicKey: requestOptions(answer.body.options),
      mediation: "conditional",
      signal: controller.signal,
    }), answer);
    if (proof && waiting === controller) {
      onChosen(proof);
    }
  } catch {
    // Nobody has asked for anything yet: the button tells what is wrong to those who press it.
  }
}

/** Ends the request that waits. */
export function stopWaiting() {
  waiting?.abort();
  waiting = null;
}

/** What went wrong in the browser, in a sentence for people. */
export function passkeyProblem(error) {
  return error.name === "InvalidStateError"
    ? "This device has a passkey for your account already."
    : "Your browser could not do this with a passkey. Try again, or use another way.";
}

function whenSeen(after, act) {
  setTimeout(() => {
    if (document.hidden) {
      document.addEventListener("visibilitychange", act, { once: true });
    } else {
      act();
    }
  }, after);
}

async function asked(ask, answer) {
  try {
    const credential = await ask();
    return credential && { challenge: answer.body.challenge, credential: json(credential) };
  } catch (error) {
    // NotAllowedError is a person who closed the dialog, or let its time run out.
    if (error.name === "NotAllowedError" || error.name === "AbortError") {
      return null;
    }
    throw error;
  }
}

function requestOptions(options) {
  return PublicKeyCredential.parseRequestOptionsFromJSON?.(options) ?? {
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: descriptors(options.allowCredentials),
  };
}

function creationOptions(options) {
  return PublicKeyCredential.parseCreationOptionsFromJSON?.(options) ?? {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: descriptors(options.excludeCredentials),
  };
}

function descriptors(credentials) {
  return (credentials ?? []).map((credential) => ({ ...credential, id: bytes(credential.id) }));
}

// Browsers from before 2025 know no JSON of passkeys, and some extensions that stand in for them still do not.
function json(credential) {
  if (typeof credential.toJSON === "function") {
    return credential.toJSON();
  }
  const { response } = credential;
  const made = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) {
      made[name] = text(response[name]);
    }
  }
  const transports = response.getTransports?.();
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: transports ? { ...made, transports } : made,
  };
}

function bytes(base64url) {
  const binary = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function text(buffer) {
  const binary = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
