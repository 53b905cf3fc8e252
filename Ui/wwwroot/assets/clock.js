// The server's time. The clocks of devices may be off by hours or years, so the pages compare the times of the server's
// answers with the server's clock.

let ahead = 0;

/**
 * Takes the server's time from an answer that has just come.
 *
 * @param {{ headers: Headers }} response
 */
export function readClock(response) {
  const there = Date.parse(response.headers.get("Date") ?? "");
  if (!Number.isNaN(there)) {
    ahead = there - Date.now();
  }
}

/** What the server's clock shows now, in milliseconds; this device's own before the first answer. */
export function now() {
  return Date.now() + ahead;
}
