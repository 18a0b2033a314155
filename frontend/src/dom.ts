// Finding things on the page and hearing from them; knows no feature.

export function all<T extends HTMLElement>(selector: string, within: ParentNode = document): T[] {
  return [...within.querySelectorAll<T>(selector)];
}

export function one<T extends HTMLElement>(selector: string, within: ParentNode = document): T | null {
  return within.querySelector<T>(selector);
}

/** Runs `start` once for every element that matches, now and whenever htmx brings in more. */
export function each<T extends HTMLElement>(selector: string, start: (element: T) => void): void {
  const begun = new WeakSet<T>();
  const run = () => {
    for (const element of all<T>(selector)) {
      if (begun.has(element)) continue;
      begun.add(element);
      start(element);
    }
  };
  run();
  document.addEventListener("htmx:after:swap", run);
  // Brought in by news.ts.
  document.addEventListener("firstline:shown", run);
}

/** Whether the reader is writing: keys belong to the text then. */
export function writing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input:not(.pick), textarea, select, [contenteditable]") !== null;
}

/** Says a sentence to screen readers, without moving the focus. */
export function announce(sentence: string): void {
  const voice = one("#voice");
  if (voice) voice.textContent = sentence;
}
