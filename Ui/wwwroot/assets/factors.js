// The words for each second factor: of its code field, of its card among the sign-in methods, and in the activity log.

/** @type {Factor} */
const totp = {
  method: "totp",
  code: {
    field: "code",
    label: "Authenticator code",
    hint: "The 6-digit code from your authenticator app.",
    missing: "Enter the code.",
    input: { class: "code", inputmode: "numeric", autocomplete: "one-time-code", maxlength: "20" },
    instead: "Use the authenticator app instead",
    proof: (typed) => ({ code: typed.replace(/\s/g, "") }),
  },
  card: {
    name: "authenticator app",
    missing: "Enter the 6-digit code from the app.",
    words: {
      name: "Authenticator app",
      what: "An app on your phone shows a new code every 30 seconds. You enter it after your password.",
      "set-up": "Set up authenticator app",
      "setup-heading": "Set up authenticator app",
      scan: "Scan the QR code with the app, or enter this key:",
      open: "Open in an app on this device",
      "code-label": "Code from the app",
    },
  },
  activity: {
    "second-factor-added": "Authenticator app turned on",
    "second-factor-removed": "Authenticator app turned off",
  },
};

/** @type {Factor} */
const recoveryCode = {
  method: "recovery-code",
  code: {
    field: "recoveryCode",
    label: "Recovery code",
    hint: "One of the codes you saved. Each works once.",
    missing: "Enter one of your recovery codes.",
    input: { class: "code long", autocomplete: "off", autocapitalize: "none" },
    instead: "Use a recovery code instead",
    proof: (typed) => ({ recoveryCode: typed.trim() }),
  },
};

/**
 * @typedef {object} CodeField The field for a code. `proof` makes what the API takes of what was typed.
 * @property {string} field
 * @property {string} label
 * @property {string} hint
 * @property {string} missing
 * @property {Record<string, string>} input
 * @property {string} instead
 * @property {(typed: string) => object} proof
 */

/**
 * @typedef {object} Card Where a factor is added and removed. `words` are by the names of the card's elements.
 * @property {string} name
 * @property {string} missing
 * @property {{ name: string } & Partial<Record<keyof Templates["factor-card"], string>>} words
 */

/**
 * @typedef {object} Factor
 * @property {string} method
 * @property {CodeField} code
 * @property {Card} [card]
 * @property {Record<string, string>} [activity]
 */

const all = [totp, recoveryCode];

/** The factors that have a card. */
export const withCard = all.flatMap(({ method, card }) => (card ? [{ method, card }] : []));

/**
 * The code fields of these methods, in the order in which they are offered.
 *
 * @param {string[]} methods
 */
export const codesOf = (methods) => all.filter(({ method }) => methods.includes(method)).map(({ code }) => code);

/**
 * The words for an event of a second factor; undefined for other events.
 *
 * @param {{ kind: string, method: string | null }} event
 */
export const happenedTo = ({ kind, method }) => all.find((factor) => factor.method === method)?.activity?.[kind];
