// What a user of Node.js would pick instead: better-auth with its sessions in Redis only. Each check asks Redis: with
// its cookie cache, a session could not be revoked before that expires.
import { randomBytes, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { redisStorage } from "@better-auth/redis-storage";
import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { fromNodeHeaders } from "better-auth/node";
import { Redis } from "ioredis";

const client = new Redis(process.env.REDIS_URL);
client.on("error", (error) => console.error(error.message));

const auth = betterAuth({
  baseURL: `http://localhost:${process.env.PORT}`,
  secret: randomBytes(32).toString("base64url"),
  database: memoryAdapter({ user: [], session: [], account: [], verification: [] }),
  secondaryStorage: redisStorage({ client }),
  session: { storeSessionInDatabase: false, cookieCache: { enabled: false } },
  emailAndPassword: { enabled: true },
  // All people sign up from one address.
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
});

async function check(request, response) {
  const found = await auth.api.getSession({ headers: fromNodeHeaders(request.headers) });
  if (!found) return end(response, 401);

  const body = JSON.stringify({ userId: found.user.id, sessionId: found.session.id });
  response.writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) });
  response.end(body);
}

async function signIn(request, response) {
  const name = randomUUID();
  const body = { name, email: `${name}@example.org`, password: "correct horse battery staple" };
  end(response, 204, await auth.api.signUpEmail({ body, returnHeaders: true }));
}

async function signOut(request, response) {
  const headers = fromNodeHeaders(request.headers);
  end(response, 204, await auth.api.signOut({ headers, returnHeaders: true }));
}

function end(response, status, { headers = new Headers() } = {}) {
  response.writeHead(status, { "Set-Cookie": headers.getSetCookie() });
  response.end();
}

const calls = { "GET /test": check, "POST /sign-in": signIn, "POST /sign-out": signOut };

const server = createServer(async (request, response) => {
  const call = calls[`${request.method} ${request.url}`];
  try {
    if (call) await call(request, response);
    else end(response, 404);
  } catch (error) {
    console.error(error);
    end(response, 500);
  }
});
server.listen(process.env.PORT, "localhost", () => console.log("The server is ready."));
