// Passkeys: using one, and creating one. The functions return what the API takes, or null when the user has cancelled.

import { call } from "./api.js";

const binaryMembers = /** @type {const} */ (["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]);

export const supported = "PublicKeyCredential" in window && "credentials" in navigator;

/** How long a waiting request keeps its challenge: less than the server accepts it. */
const FRESH_FOR = 240_000;

/**
 * The request that waits in the browser's suggestions. Only one is allowed: another request has to end it first.
 *
 * @type {AbortController | null}
 */
let waiting = null;

/**
 * Asks for a passkey, in the browser's dialog. Throws the browser's error when that fails.
 *
 * @param {Answer} answer
 */
export async function askForPasskey(answer) {
  stopWaiting();
  return asked(() => navigator.credentials.get({ publicKey: requestOptions(answer.body.options) }), answer);
}

/**
 * Creates a passkey. Throws the browser's error when that fails.
 *
 * @param {Answer} answer
 */
export async function makePasskey(answer) {
  stopWaiting();
  return asked(() => navigator.credentials.create({ publicKey: creationOptions(answer.body.options) }), answer);
}

/**
 * Offers passkeys among the suggestions of the email field, if the browser supports it. Calls back with a chosen one.
 *
 * @param {(proof: PasskeyProof) => void} onChosen
 */
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
    // The user has not asked for anything yet. The button shows the problem when it is pressed.
  }
}

/** Ends the waiting request. */
export function stopWaiting() {
  waiting?.abort();
  waiting = null;
}

/**
 * The browser's problem in a sentence for the user.
 *
 * @param {unknown} error
 */
export function passkeyProblem(error) {
  return nameOf(error) === "InvalidStateError"
    ? "This device already has a passkey for your account."
    : "The passkey could not be used. Try again, or sign in another way.";
}

/** @param {unknown} error */
const nameOf = (error) => (error instanceof Error ? error.name : "");

/**
 * @param {number} after In milliseconds.
 * @param {() => void} act
 */
function whenSeen(after, act) {
  setTimeout(() => {
    if (document.hidden) {
      document.addEventListener("visibilitychange", act, { once: true });
    } else {
      act();
    }
  }, after);
}

/**
 * @param {() => Promise<Credential | null>} ask
 * @param {Answer} answer
 * @returns {Promise<PasskeyProof | null>}
 */
async function asked(ask, answer) {
  try {
    const credential = await ask();
    return credential && {
      challenge: answer.body.challenge,
      credential: json(/** @type {PublicKeyCredential} */ (credential)),
    };
  } catch (error) {
    // NotAllowedError: the user has closed the dialog, or it timed out.
    if (["NotAllowedError", "AbortError"].includes(nameOf(error))) {
      return null;
    }
    throw error;
  }
}

/**
 * @param {PublicKeyCredentialRequestOptionsJSON} options
 * @returns {PublicKeyCredentialRequestOptions}
 */
function requestOptions(options) {
  return PublicKeyCredential.parseRequestOptionsFromJSON?.(options) ?? {
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: descriptors(options.allowCredentials),
  };
}

/**
 * @param {PublicKeyCredentialCreationOptionsJSON} options
 * @returns {PublicKeyCredentialCreationOptions}
 */
function creationOptions(options) {
  return PublicKeyCredential.parseCreationOptionsFromJSON?.(options) ?? {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: descriptors(options.excludeCredentials),
  };
}

/**
 * @param {PublicKeyCredentialDescriptorJSON[]} [credentials]
 * @returns {PublicKeyCredentialDescriptor[]}
 */
function descriptors(credentials = []) {
  return credentials.map((credential) => /** @type {PublicKeyCredentialDescriptor} */ ({ ...credential, id: bytes(credential.id) }));
}

/**
 * The JSON of a credential. Browsers from before 2025 and some password managers have no `toJSON`.
 *
 * @param {PublicKeyCredential} credential
 * @returns {object}
 */
function json(credential) {
  if (typeof credential.toJSON === "function") {
    return credential.toJSON();
  }
  const response = /** @type {Partial<AuthenticatorAttestationResponse & AuthenticatorAssertionResponse>} */ (credential.response);
  /** @type {Record<string, string>} */
  const made = {};
  for (const name of binaryMembers) {
    const value = response[name];
    if (value) {
      made[name] = text(value);
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

/** @param {string} base64url */
function bytes(base64url) {
  const binary = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** @param {ArrayBuffer} buffer */
function text(buffer) {
  const binary = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
