// What one selects of the text goes into the field for it; without script one copies it there.
import { each, one } from "./dom";

export function takeSelections(): void {
  const text = one("[data-redact-text]");
  if (!text) return;
  const take = () => {
    const selection = getSelection();
    if (!selection || selection.isCollapsed || !selection.anchorNode || !selection.focusNode) return;
    if (!text.contains(selection.anchorNode) || !text.contains(selection.focusNode)) return;
    fill(selection.toString());
  };
  text.addEventListener("pointerup", take);
  text.addEventListener("keyup", take);
}

/** The last field takes it: those before it hold passages that were shown. */
function fill(passage: string): void {
  let last: HTMLTextAreaElement | undefined;
  each<HTMLTextAreaElement>("[data-redact-passage]", (field) => (last = field));
  if (last && passage.trim()) last.value = passage;
}
