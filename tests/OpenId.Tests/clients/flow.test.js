// The flow as a real client library makes it: openid-client, and jose for the tokens. The provider is a real node, which the
// environment names. A small browser keeps the cookies.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createRemoteJWKSet, jwtVerify } from "jose";
import * as client from "openid-client";

const issuer = new URL(process.env.ISSUER);
const redirectUri = "https://wiki.example.com/callback";
const password = "correct horse battery staple";

class Browser {
  #cookies = new Map();

  async fetch(url, init = {}) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, { ...init, redirect: "manual", headers: { ...init.headers, cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [name, value] = line.split(";")[0].split("=");
      this.#cookies.set(name, value);
    }
    return response;
  }

  post(path, body) {
    return this.fetch(new URL(path, issuer), {
      method: "POST",
      headers: { "content-type": "application/json", origin: issuer.origin },
      body: JSON.stringify(body ?? {}),
    });
  }
}

async function discover(id, secret) {
  return client.discovery(issuer, id, undefined, secret ? client.ClientSecretBasic(secret) : client.None(), {
    execute: [client.allowInsecureRequests],
  });
}

async function registered() {
  const browser = new Browser();
  const answer = await browser.post("/register", { email: `${crypto.randomUUID()}@example.org`, password });
  assert.equal(answer.status, 201);
  return browser;
}

async function signIn(config, browser, { scope = "openid email offline_access", redirect = redirectUri, more = {} } = {}) {
  const verifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  const nonce = client.randomNonce();
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirect,
    scope,
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    ...more,
  });
  let answer = await browser.fetch(url);
  if (answer.status === 200) {
    // A program on the user's device: its user confirms it.
    const [, link] = /href="(\/oauth\/authorize[^"]+)"/.exec(await answer.text());
    answer = await browser.fetch(new URL(link, issuer));
  }
  assert.equal(answer.status, 302, await answer.text());
  const callback = new URL(answer.headers.get("location"));
  assert.ok(callback.href.startsWith(`${redirect}?`), callback.href);
  return client.authorizationCodeGrant(config, callback, {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  });
}

test("a confidential client signs in, asks who it is, refreshes and gives its tokens back", async () => {
  const config = await discover("wiki", process.env.WIKI_SECRET);
  const browser = await registered();
  const tokens = await signIn(config, browser);
  const { sub, sid, amr, acr } = tokens.claims();
  assert.deepEqual(amr, ["pwd"]);
  assert.equal(acr, "urn:sessionauth:acr:1fa");

  const userInfo = await client.fetchUserInfo(config, tokens.access_token, sub);
  assert.equal(userInfo.sid, sid);
  assert.equal((await client.tokenIntrospection(config, tokens.access_token)).active, true);
  const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token);
  assert.notEqual(refreshed.refresh_token, tokens.refresh_token);
  await client.tokenRevocation(config, refreshed.refresh_token);
  assert.equal((await client.tokenIntrospection(config, refreshed.access_token)).active, false);
  await assert.rejects(client.refreshTokenGrant(config, refreshed.refresh_token), { error: "invalid_grant" });
});

test("tokens are verified by the key set alone", async () => {
  const config = await discover("wiki", process.env.WIKI_SECRET);
  const tokens = await signIn(config, await registered());
  const keys = createRemoteJWKSet(new URL(config.serverMetadata().jwks_uri));

  const access = await jwtVerify(tokens.access_token, keys, {
    issuer: issuer.href,
    audience: "wiki",
    typ: "at+jwt",
    algorithms: ["ES256"],
  });
  assert.deepEqual(access.payload.roles, []);
  await jwtVerify(tokens.id_token, keys, { issuer: issuer.href, audience: "wiki", algorithms: ["ES256"] });
});

test("a public client signs in by PKCE alone", async () => {
  const config = await discover("phone");
  const redirect = "http://127.0.0.1:50123/callback";
  const tokens = await signIn(config, await registered(), { redirect });
  await client.refreshTokenGrant(config, tokens.refresh_token);
});

test("when the session ends, so does what the client has", async () => {
  const config = await discover("wiki", process.env.WIKI_SECRET);
  const browser = await registered();
  const tokens = await signIn(config, browser);
  assert.equal((await browser.post("/logout")).status, 204);
  assert.equal((await client.tokenIntrospection(config, tokens.access_token)).active, false);
  await assert.rejects(client.refreshTokenGrant(config, tokens.refresh_token), { error: "invalid_grant" });
});

test("a client signs the user out by the identity token", async () => {
  const config = await discover("wiki", process.env.WIKI_SECRET);
  const browser = await registered();
  const tokens = await signIn(config, browser);
  const url = client.buildEndSessionUrl(config, {
    id_token_hint: tokens.id_token,
    post_logout_redirect_uri: "https://wiki.example.com/bye",
    state: "left",
  });
  const answer = await browser.fetch(url);
  assert.equal(answer.headers.get("location"), "https://wiki.example.com/bye?state=left");
  assert.equal((await browser.fetch(new URL("/test", issuer))).status, 401);
});

test("the client is told what is missing without a prompt", async () => {
  const config = await discover("wiki", process.env.WIKI_SECRET);
  await assert.rejects(signIn(config, new Browser(), { more: { prompt: "none" } }), { error: "login_required" });
  await assert.rejects(signIn(config, await registered(), { more: { prompt: "none", max_age: "0" } }), {
    error: "interaction_required",
  });
});

test("scopes of the standard that there is nothing for do no harm", async () => {
  const config = await discover("wiki", process.env.WIKI_SECRET);
  const tokens = await signIn(config, await registered(), {
    scope: "openid profile email address phone",
    more: { ui_locales: "de en", claims: '{"userinfo":{"name":null}}', display: "page", prompt: "consent" },
  });
  assert.equal(tokens.refresh_token, undefined);
});
