// Pages are made from the templates in the document. Text from the server is set as text, never as markup.

/**
 * The element that a selector finds. It must exist.
 *
 * @template {Element} [T=HTMLElement]
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {T}
 */
export function find(root, selector) {
  /** @type {T | null} */
  const element = root.querySelector(selector);
  if (!element) {
    throw new Error(`Nothing matches ${selector}.`);
  }
  return element;
}

/**
 * A copy of a template, and its elements by their data-ref. Each of several copies has a prefix for its ids.
 *
 * @template {keyof Templates} Id
 * @param {Id} id
 * @param {string} [prefix]
 * @returns {{ fragment: DocumentFragment, parts: Templates[Id] }}
 */
export function copyOf(id, prefix) {
  /** @type {HTMLTemplateElement} */
  const template = find(document, `#${id}`);
  const fragment = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  for (const name of prefix ? ["id", "for", "aria-labelledby"] : []) {
    for (const element of fragment.querySelectorAll(`[${name}]`)) {
      element.setAttribute(name, `${prefix}-${element.getAttribute(name)}`);
    }
  }
  const named = [...fragment.querySelectorAll("[data-ref]")].map((element) => [element.getAttribute("data-ref"), element]);
  return { fragment, parts: Object.fromEntries(named) };
}

/** The place of the views. */
export const viewPlace = () => find(document, "#view");

/**
 * Shows a view in place of the one before, which is removed from the document.
 *
 * @param {DocumentFragment} fragment
 * @param {string} title
 */
export function show(fragment, title) {
  viewPlace().replaceChildren(fragment);
  document.title = `${title} · SessionAuth`;
  window.scrollTo(0, 0);
}

/**
 * Shows a sentence; without one, hides its element.
 *
 * @param {HTMLElement} element
 * @param {string | null} [sentence]
 */
export function say(element, sentence) {
  element.textContent = sentence ?? "";
  element.hidden = !sentence;
}

/**
 * Has a screen reader read a sentence.
 *
 * @param {string | null} sentence
 */
export function announce(sentence) {
  find(document, "#announcer").textContent = sentence;
}
