import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import "./page.js";

const { call, isProblem, notSignedIn, showsAccountOf, UNREACHABLE } = await import("../wwwroot/assets/api.js");

let request = null;

function server(status, body, headers = {}) {
  globalThis.fetch = async (path, options) => {
    request = { path, ...options };
    return new Response(JSON.stringify(body), {
      status,
      headers: { "Content-Type": "application/problem+json", ...headers },
    });
  };
}

afterEach(() => delete globalThis.fetch);

test("an answer has a status, a body and the retry delay", async () => {
  server(429, { code: "too-many-attempts" }, { "Retry-After": "7" });
  assert.deepEqual(await call("POST", "/login", { email: "ada@example.org" }), {
    status: 429,
    ok: false,
    body: { code: "too-many-attempts" },
    retryAfter: 7,
  });
  assert.equal(request.credentials, "include");
  assert.equal(request.body, '{"email":"ada@example.org"}');
});

test("a call without an answer is unreachable and does not throw", async () => {
  globalThis.fetch = () => Promise.reject(new TypeError("offline"));
  const answer = await call("GET", "/test");
  assert.equal(answer.status, UNREACHABLE);
  assert.equal(answer.ok, false);
});

test("a page that shows an account sends its user and is notified when another user has signed in", async () => {
  let notified = 0;
  server(409, { code: "another-user" });
  const end = showsAccountOf("ada", () => notified++);
  await call("GET", "/sessions");
  assert.equal(request.headers["Session-User"], "ada");
  assert.equal(notified, 1);

  end();
  await call("GET", "/sessions");
  assert.equal(request.headers["Session-User"], undefined);
  assert.equal(notified, 1);
});

test("a successful answer is not a problem, whatever its body contains", () => {
  assert.ok(!isProblem({ ok: true, body: { code: "link-refused" } }, "link-refused"));
  assert.ok(isProblem({ ok: false, body: { code: "link-refused" } }, "link-refused"));
  assert.ok(!isProblem({ ok: false, body: null }, "link-refused"));
});

test("a refused password does not mean that the session has ended", () => {
  assert.ok(notSignedIn({ status: 401, body: null }));
  assert.ok(notSignedIn({ status: 401, body: { code: "not-signed-in" } }));
  assert.ok(!notSignedIn({ status: 401, body: { code: "sign-in-refused" } }));
  assert.ok(!notSignedIn({ status: 403, body: null }));
});
