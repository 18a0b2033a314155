// Offers other requests for "#" and, in a note, colleagues for "@" while somebody writes: GET …/references gives the list.
import { each, one } from "./dom";
import { Offers } from "./offers";
import { put } from "./write";

/** "@" or "#" that begins a word, with up to three words that follow. */
const BEGUN = /(?:^|[^\p{L}\p{N}_&#@/])([@#][^\s@#]*(?: [^\s@#]+){0,2})$/u;
const LONGEST = 60;

export function offerReferences(): void {
  each<HTMLTextAreaElement>("textarea[data-references]", (text) => {
    const begun = () => {
      const at = text.selectionStart;
      const found = BEGUN.exec(text.value.slice(Math.max(0, at - LONGEST), at))?.[1] ?? "";
      const isNote = one<HTMLInputElement>("#kind-note")?.checked === true;
      return found.startsWith("#") || isNote ? found : "";
    };
    new Offers(text, "What may be meant", {
      address() {
        const words = begun();
        return words === "" ? null : `${text.dataset["references"]}?${new URLSearchParams({ text: words })}`;
      },
      // After "#" a number may be whole already, and a line of a text may end.
      meansFirst: () => /^@./u.test(begun()),
      take({ whole }) {
        const at = text.selectionStart;
        put(text, at - begun().length, at, whole);
        return false;
      },
    }).watch();
  });
}
