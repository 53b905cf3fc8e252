// Calls to the API. Tokens travel in cookies that no script can read; an answer is a status and a body.

export const origin = document.querySelector('meta[name="api-origin"]').content;

/** The answer was lost, or never came: what became of the call is not known. */
export const UNREACHABLE = 0;

export async function call(method, path, body) {
  const request = { method, credentials: "include", cache: "no-store", headers: { Accept: "application/json" } };
  if (body !== undefined) {
    request.headers["Content-Type"] = "application/json";
    request.body = JSON.stringify(body);
  }

  try {
    const response = await fetch(origin + path, request);
    const isJson = /[/+]json/.test(response.headers.get("Content-Type") ?? "");
    return {
      status: response.status,
      ok: response.ok,
      body: isJson ? await response.json() : null,
      retryAfter: Number(response.headers.get("Retry-After")) || 0,
    };
  } catch {
    return { status: UNREACHABLE, ok: false, body: null, retryAfter: 0 };
  }
}

/** Whether an answer is the error of that name. */
export function isProblem(answer, code) {
  return !answer.ok && answer.body?.code === code;
}

/** Whether nobody is signed in. Other answers with 401 refuse a password, a code or a passkey, and end nothing. */
export function notSignedIn(answer) {
  return answer.status === 401 && (!answer.body?.code || answer.body.code === "not-signed-in");
}

/** What went wrong, in a sentence for people. */
export function problemOf(answer) {
  if (answer.status === UNREACHABLE) {
    return navigator.onLine
      ? "The server could not be reached. Try again in a moment."
      : "You are offline. Try again when you are connected.";
  }
  return answer.body?.title ?? "Something went wrong on our side. Try again in a moment.";
}
