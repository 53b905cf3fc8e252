// The server's time. Clocks of people's devices are off by hours and by years, and what the server tells was reckoned
// by its own: so is what is said about it here.

let ahead = 0;

/** Takes the server's time from an answer that has just come. */
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
