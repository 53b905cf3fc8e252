// The length that the server requires of a new password, and a hint how hard it is to guess, while it is typed. The
// estimator (zxcvbn-ts) and its word list are loaded when such a field is focused. Nothing that is typed leaves the page.

import { call } from "./api.js";
import { find, say } from "./dom.js";
import { strengthWord, warnings } from "./strengthwords.js";

const AFTER_TYPING = 300;
const vendor = ["core-4.2.0", "language-common-4.1.3"];

/**
 * @typedef {object} Estimator As much of zxcvbn-ts as the pages use.
 * @property {(password: string, words: string[]) => { score: number, feedback: { warning: string | null } }} check
 */

/** @type {Promise<Estimator> | null} */
let estimator = null;
/** @type {Promise<Answer> | null} */
let policy = null;

/**
 * Shows the hint below a field. `own` returns words that an attacker would try for this user.
 *
 * @param {HTMLInputElement} input
 * @param {() => string[]} own
 */
export function hintStrength(input, own) {
  tellLength(input);
  const place = find(fieldOf(input), ".strength");
  const sentence = find(place, ".strength-words");
  /** @type {number | undefined} */
  let timer;

  const tell = async () => {
    const estimate = await load().catch(() => null);
    if (!input.value || !estimate) {
      place.hidden = true;
      place.dataset.score = "";
      sentence.textContent = "";
      return;
    }
    const { score, feedback } = estimate.check(input.value, words(own()));
    place.hidden = false;
    place.dataset.score = String(score);
    const warning = score < 3 && feedback.warning ? warnings[feedback.warning] : null;
    say(sentence, [strengthWord[score], warning].filter(Boolean).join(" "));
  };

  input.addEventListener("focus", () => load().catch(() => null), { once: true });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(tell, input.value ? AFTER_TYPING : 0);
  });
}

/** @param {HTMLInputElement} input */
const fieldOf = (input) => /** @type {HTMLElement} */ (input.closest(".field"));

/** @param {HTMLInputElement} input */
async function tellLength(input) {
  const hint = find(fieldOf(input), `#${input.getAttribute("aria-describedby")}`);
  policy ??= call("GET", "/password/policy");
  const answer = await policy;
  if (answer.ok) {
    hint.prepend(`At least ${answer.body.minLength} characters. `);
  } else {
    // The next such field asks again. The refusal of a password that is too short names the length, too.
    policy = null;
  }
}

/** @returns {Promise<Estimator>} */
function load() {
  estimator ??= Promise.all(vendor.map(script)).then(() => {
    const { core, "language-common": common } = window.zxcvbnts;
    return new core.ZxcvbnFactory({ dictionary: common.dictionary, graphs: common.adjacencyGraphs });
  });
  // The page works without the estimator; the next field tries again.
  estimator.catch(() => (estimator = null));
  return estimator;
}

/**
 * Loads a script: the builds that need no bundler are not modules.
 *
 * @param {string} name
 */
function script(name) {
  return new Promise((loaded, failed) => {
    const element = document.createElement("script");
    element.src = new URL(`./vendor/zxcvbn-ts-${name}/zxcvbn-ts.js`, import.meta.url).href;
    element.addEventListener("load", loaded);
    element.addEventListener("error", failed);
    document.head.append(element);
  });
}

/** @param {string[]} texts */
function words(texts) {
  const parts = texts.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]);
  return ["sessionauth", ...parts].map((part) => part.toLowerCase()).filter((part) => part.length > 2);
}
