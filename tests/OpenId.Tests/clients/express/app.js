// An Express application that signs people in with openid-client.

import express from "express";
import session from "express-session";
import * as client from "openid-client";

const origin = `http://127.0.0.1:${process.env.PORT}`;
const config = await client.discovery(new URL(process.env.ISSUER), "wiki", process.env.CLIENT_SECRET, undefined, {
  execute: process.env.ISSUER.startsWith("http:") ? [client.allowInsecureRequests] : [],
});
const app = express();
app.use(session({ secret: process.env.SECRET_KEY, resave: false, saveUninitialized: false, cookie: { sameSite: "lax" } }));

app.get("/", (request, response) => {
  if (!request.session.user) return response.redirect("/login");
  response.json(request.session.user);
});

app.get("/login", async (request, response) => {
  const verifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  request.session.login = { verifier, state };
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: `${origin}/callback`,
    scope: "openid email offline_access",
    state,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  });
  response.redirect(url.href);
});

app.get("/callback", async (request, response) => {
  const { verifier, state } = request.session.login;
  const tokens = await client.authorizationCodeGrant(config, new URL(request.url, origin), {
    pkceCodeVerifier: verifier,
    expectedState: state,
    idTokenExpected: true,
  });
  await new Promise((done) => request.session.regenerate(done));
  Object.assign(request.session, { user: tokens.claims(), refresh: tokens.refresh_token, hint: tokens.id_token });
  response.redirect("/");
});

app.get("/refresh", async (request, response) => {
  const tokens = await client.refreshTokenGrant(config, request.session.refresh);
  request.session.refresh = tokens.refresh_token;
  response.send("refreshed");
});

app.get("/logout", (request, response) => {
  const url = client.buildEndSessionUrl(config, {
    id_token_hint: request.session.hint,
    post_logout_redirect_uri: `${origin}/bye`,
  });
  request.session.destroy(() => response.redirect(url.href));
});

app.get("/bye", (request, response) => response.send("Bye"));

app.listen(process.env.PORT, "127.0.0.1");
