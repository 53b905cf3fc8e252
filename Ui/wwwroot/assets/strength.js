// How long a new password has to be, as the server has it, and how hard it is to guess, told while it is typed: a hint, never a rule. The estimator (zxcvbn-ts) and
// its word list are fetched when somebody comes to such a field, and nowhere else. Nothing typed leaves the page.

import { call } from "./api.js";
import { say } from "./dom.js";
import { strengthWord, warnings } from "./strengthwords.js";

const AFTER_TYPING = 300;
const vendor = ["core-4.2.0", "language-common-4.1.3"];

let estimator = null;
let policy = null;

/** Shows the hint below a field; `own` answers words that a guesser would try for this person. */
export function hintStrength(input, own = () => []) {
  tellLength(input);
  const place = input.closest(".field").querySelector(".strength");
  const sentence = place.querySelector(".strength-words");
  let timer = null;

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
    say(sentence, [strengthWord[score], score < 3 && warnings[feedback.warning]].filter(Boolean).join(" "));
  };

  input.addEventListener("focus", () => load().catch(() => null), { once: true });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(tell, input.value ? AFTER_TYPING : 0);
  });
}

async function tellLength(input) {
  const hint = input.closest(".field").querySelector(`#${input.getAttribute("aria-describedby")}`);
  policy ??= call("GET", "/password/policy");
  const answer = await policy;
  if (answer.ok) {
    hint.prepend(`At least ${answer.body.minLength} characters. `);
  } else {
    // The next such field asks again. A password that is too short is refused with the number.
    policy = null;
  }
}

function load() {
  estimator ??= Promise.all(vendor.map(script)).then(() => {
    const { core, "language-common": common } = window.zxcvbnts;
    return new core.ZxcvbnFactory({ dictionary: common.dictionary, graphs: common.adjacencyGraphs });
  });
  // Without the estimator the page does what it is for; the next field tries again.
  estimator.catch(() => (estimator = null));
  return estimator;
}

// The builds that need no bundler are plain scripts.
function script(name) {
  return new Promise((loaded, failed) => {
    const element = document.createElement("script");
    element.src = new URL(`./vendor/zxcvbn-ts-${name}/zxcvbn-ts.js`, import.meta.url).href;
    element.addEventListener("load", loaded);
    element.addEventListener("error", failed);
    document.head.append(element);
  });
}

function words(texts) {
  const parts = texts.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]);
  return ["sessionauth", ...parts].map((part) => part.toLowerCase()).filter((part) => part.length > 2);
}
