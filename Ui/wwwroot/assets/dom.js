// Pages are made from the templates in the document. Text from the server is set as text, never as markup.

/** A copy of a template, and its parts by the names in data-ref. */
export function copyOf(id) {
  const fragment = document.getElementById(id).content.cloneNode(true);
  const parts = {};
  for (const element of fragment.querySelectorAll("[data-ref]")) {
    parts[element.dataset.ref] = element;
  }
  return { fragment, parts };
}

/** Shows a view in place of what was there. Nothing of that stays in the document. */
export function show(fragment, title) {
  const view = document.getElementById("view");
  view.replaceChildren(fragment);
  document.title = `${title} · SessionAuth`;
  window.scrollTo(0, 0);
}

/** Shows a sentence where there is one, and hides its place where there is none. */
export function say(element, sentence) {
  element.textContent = sentence ?? "";
  element.hidden = !sentence;
}

/** Tells people who do not see the page. */
export function announce(sentence) {
  document.getElementById("announcer").textContent = sentence;
}
