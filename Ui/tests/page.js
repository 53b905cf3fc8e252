// The parts of a page that the modules need when they are loaded.

const elements = { 'meta[name="api-origin"]': { content: "" } };

globalThis.document = {
  querySelector: (selector) => elements[selector] ?? null,
  createElement: () => ({}),
};
globalThis.location = { hash: "", pathname: "/" };
globalThis.history = {
  replaceState: (state, title, path) => {
    globalThis.location = { hash: "", pathname: path };
  },
};

/** Opens a page. */
export function open(pathname, hash = "") {
  globalThis.location = { pathname, hash };
}

/** An answer with this server time. */
export function answerAt(date) {
  return { headers: new Headers({ Date: date.toUTCString() }) };
}
