// Ways for people to keep a text: copied, or as a file.

/** Copies a text; where the browser forbids it, marks it for them to copy. Answers what came of it in words. */
export async function copyText(text, element) {
  try {
    await navigator.clipboard.writeText(text);
    return "Copied.";
  } catch {
    getSelection().selectAllChildren(element);
    return "The text is marked: copy it now.";
  }
}

export function saveText(name, text, type = "text/plain") {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
