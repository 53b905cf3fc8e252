import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./page.js";

const { isFor, showRecipient, takeToken, whenRefused } = await import("../wwwroot/assets/mail/token.js");

function recipient() {
  const input = { value: "before" };
  const field = { hidden: false, querySelector: () => input };
  showRecipient(field);
  return { email: input.value, hidden: field.hidden };
}

test("the token of a link is removed from the address bar and kept for its page", () => {
  open("/reset", "#user.secret&ada%40example.org");
  assert.equal(takeToken(), "user.secret");
  assert.equal(location.hash, "");
  assert.equal(takeToken(), "user.secret");
  assert.deepEqual(recipient(), { email: "ada@example.org", hidden: false });
});

test("the token of one page is not used on another", () => {
  open("/reset", "#user.secret");
  takeToken();
  open("/verify-email");
  assert.equal(takeToken(), null);
});

for (const link of ["#user.secret", "#user.secret&%E0%A4%A"]) {
  test(`the link ${link} shows no email`, () => {
    open("/reset", link);
    takeToken();
    assert.deepEqual(recipient(), { email: "", hidden: true });
  });
}

test("a link belongs to the user whose id precedes the token", () => {
  assert.ok(isFor("ada.secret", { userId: "ada" }));
  assert.ok(!isFor("adam.secret", { userId: "ada" }));
  assert.ok(!isFor("secret", { userId: "ada" }));
});

test("a refused link replaces the form; any other answer is handled by the form", () => {
  let shown = 0;
  const refused = whenRefused(() => shown++);
  assert.equal(refused({ ok: false, body: { code: "password-too-short" } }), false);
  assert.equal(shown, 0);
  assert.equal(refused({ ok: false, body: { code: "link-refused" } }), true);
  assert.equal(shown, 1);
});
