import assert from "node:assert/strict";
import { test } from "node:test";
import { answerAt } from "./page.js";
import { readClock } from "../wwwroot/assets/clock.js";
import { activity, alarming, endedHere, endedThere, timeElement } from "../wwwroot/assets/words.js";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const here = Date.UTC(2031, 4, 6, 7, 8, 9);
const cases = [
  [0, "just now"],
  [-20 * second, "just now"],
  [20 * second, "in a moment"],
  [-2 * minute - second, "2 minutes ago"],
  [-minute, "1 minute ago"],
  [3 * hour + minute, "in 3 hours"],
  [-day, "yesterday"],
  [day + minute, "tomorrow"],
  [30 * day + minute, "in 30 days"],
];

for (const [from, words] of cases) {
  test(`${from / second} seconds from the server's time is "${words}"`, () => {
    readClock(answerAt(new Date(here)));
    assert.equal(timeElement(new Date(here + from).toISOString()).textContent, words);
  });
}

test("the tooltip has the full date", () => {
  const element = timeElement("2031-05-06T07:08:09Z");
  assert.equal(element.dateTime, "2031-05-06T07:08:09Z");
  assert.match(element.title, /2031/);
});

test("every end reason has a text for the device whose session has ended", () => {
  assert.deepEqual(Object.keys(endedThere).filter((reason) => !(reason in endedHere)), []);
});

test("every account event has a different text", () => {
  assert.equal(new Set(Object.values(activity)).size, Object.keys(activity).length);
});

test("only events that a stranger may have caused are alarming", () => {
  assert.ok(alarming({ kind: "sign-in-failed" }));
  assert.ok(alarming({ kind: "code-failed" }));
  assert.ok(alarming({ kind: "session-ended", reason: "refresh-token-reuse" }));
  assert.ok(!alarming({ kind: "session-ended", reason: "signed-out" }));
  assert.ok(!alarming({ kind: "signed-in" }));
});
