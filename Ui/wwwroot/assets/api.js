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

/** What went wrong, in a sentence for people. */
export function problemOf(answer) {
  if (answer.status === UNREACHABLE) {
    return navigator.onLine
      ? "The server could not be reached. Try again in a moment."
      : "You are offline. Try again when you are connected.";
  }
  return answer.body?.title ?? "Something went wrong on our side. Try again in a moment.";
}
