import assert from "node:assert/strict";
import { test } from "node:test";
import { codesOf, happenedTo, withCard } from "../wwwroot/assets/factors.js";

test("a typed code of the app is sent without spaces", () => {
  assert.deepEqual(codesOf(["totp"])[0].proof(" 123 456 "), { code: "123456" });
});

test("codes of several methods are in the order in which they are offered", () => {
  assert.deepEqual(codesOf(["recovery-code", "totp"]).map(({ field }) => field), ["code", "recoveryCode"]);
  assert.deepEqual(codesOf(["passkey"]), []);
});

test("a factor describes its events; recovery codes have no description", () => {
  assert.deepEqual(withCard.map(({ method }) => method), ["totp"]);
  assert.match(happenedTo({ kind: "second-factor-added", method: "totp" }), /turned on/);
  assert.equal(happenedTo({ kind: "second-factor-added", method: "recovery-code" }), undefined);
  assert.equal(happenedTo({ kind: "signed-in" }), undefined);
});
