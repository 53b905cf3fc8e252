// What a user of Node.js would pick instead: express-session with its sessions in Redis, with the options that its
// documentation recommends.
import { randomBytes } from "node:crypto";
import { RedisStore } from "connect-redis";
import express from "express";
import session from "express-session";
import { createClient } from "redis";

const client = createClient({ url: process.env.REDIS_URL });
client.on("error", (error) => console.error(error.message));
await client.connect();

const id = () => randomBytes(16).toString("base64url");

const app = express();
// No other server here sends them.
app.disable("x-powered-by");
app.disable("etag");
app.use(
  session({
    store: new RedisStore({ client }),
    secret: randomBytes(32).toString("base64url"),
    resave: false,
    saveUninitialized: false,
  }),
);

app.post("/sign-in", (request, response, next) => {
  // A session of its own for each sign-in, as its documentation asks for.
  request.session.regenerate((error) => {
    if (error) return next(error);
    // Its own id is the secret of the cookie.
    request.session.signedIn = { userId: id(), sessionId: id() };
    response.sendStatus(204);
  });
});

app.post("/sign-out", (request, response, next) => {
  request.session.destroy((error) => (error ? next(error) : response.sendStatus(204)));
});

app.get("/test", (request, response) => {
  const { signedIn } = request.session;
  if (signedIn) response.json(signedIn);
  else response.sendStatus(401);
});

app.listen(process.env.PORT, "localhost", () => console.log("The server is ready."));
