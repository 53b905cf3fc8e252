// Ways for the user to keep a text: copied, or as a file.

/**
 * Copies a text; where the browser forbids that, selects it for the user to copy. Returns the outcome in words.
 *
 * @param {string} text
 * @param {HTMLElement} element
 */
export async function copyText(text, element) {
  try {
    await navigator.clipboard.writeText(text);
    return "Copied.";
  } catch {
    getSelection()?.selectAllChildren(element);
    return "The text is selected: copy it now.";
  }
}

/**
 * @param {string} name
 * @param {string} text
 * @param {string} [type]
 */
export function saveText(name, text, type = "text/plain") {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
