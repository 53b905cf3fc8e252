import assert from "node:assert/strict";
import { test } from "node:test";
import "./page.js";

const { nameOf } = await import("../wwwroot/assets/account/devicerows.js");

for (const [device, name] of [
  [{ browser: "Firefox", system: "Linux" }, "Firefox on Linux"],
  [{ browser: "Firefox", system: "Unknown system" }, "Firefox"],
  [{ browser: "", system: "Linux" }, "A device"],
  [{}, "A device"],
]) {
  test(`the name of ${JSON.stringify(device)} is "${name}"`, () => assert.equal(nameOf(device), name));
}
