// Puts text into a field as if it were typed, so that it can be undone.

export function put(text: HTMLTextAreaElement, from: number, to: number, words: string): void {
  text.focus();
  text.setSelectionRange(from, to);
  // Deprecated, and the one way that keeps what undo undoes.
  const done = words === "" ? document.execCommand("delete") : document.execCommand("insertText", false, words);
  if (done) return;
  text.setRangeText(words, from, to, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
}
