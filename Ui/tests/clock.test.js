import assert from "node:assert/strict";
import { test } from "node:test";
import { now, readClock } from "../wwwroot/assets/clock.js";
import { answerAt } from "./page.js";

test("times use the server's clock, even when the device's clock is wrong", () => {
  const there = Date.UTC(2031, 4, 6, 7, 8, 9);
  readClock(answerAt(new Date(there)));
  assert.ok(Math.abs(now() - there) < 2_000);
});

test("an answer without a valid date changes nothing", () => {
  const there = Date.UTC(2031, 4, 6, 7, 8, 9);
  readClock(answerAt(new Date(there)));
  readClock({ headers: new Headers() });
  readClock({ headers: new Headers({ Date: "soon" }) });
  assert.ok(Math.abs(now() - there) < 2_000);
});
