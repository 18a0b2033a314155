// A form is not sent before its files have arrived: its button says so, and then it goes by itself.
import { announce, one } from "./dom";

interface Waiting {
  files: number;
  /** The button that was pressed, and its words. */
  pressed: HTMLButtonElement | null;
  words: Node[];
}

const forms = new WeakMap<HTMLFormElement, Waiting>();
let all = 0;

/** Holds a form back until what is returned is called. */
export function hold(form: HTMLFormElement): () => void {
  const waiting = forms.get(form) ?? { files: 0, pressed: null, words: [] };
  forms.set(form, waiting);
  waiting.files++;
  all++;
  return () => {
    waiting.files--;
    all--;
    if (!waiting.pressed) return;
    if (waiting.files > 0) return say(waiting);
    const { pressed } = waiting;
    giveBack(waiting);
    // What was not taken is looked at first.
    if (one(".file .fault", form)) announce("A file was not attached, so nothing was sent yet.");
    else form.requestSubmit(pressed);
  };
}

export function holdForms(): void {
  document.addEventListener("submit", held, true);
  addEventListener("beforeunload", (event) => {
    if (all > 0) event.preventDefault();
  });
}

function held(event: SubmitEvent): void {
  const form = event.target;
  const waiting = form instanceof HTMLFormElement ? forms.get(form) : undefined;
  const by = event.submitter;
  if (!waiting || waiting.files === 0 || !(by instanceof HTMLButtonElement)) return;
  // Keeping a draft and taking a file off wait for nothing.
  if (["do", "remove", "drop"].includes(by.name)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const again = waiting.pressed === by;
  giveBack(waiting);
  if (again) return announce("It is not sent by itself any more.");
  waiting.pressed = by;
  waiting.words = [...by.childNodes];
  say(waiting);
  announce("It is sent as soon as its files have arrived.");
}

function say(waiting: Waiting): void {
  const words = waiting.files === 1 ? "Waits for one file" : `Waits for ${waiting.files} files`;
  waiting.pressed?.replaceChildren(words);
}

function giveBack(waiting: Waiting): void {
  waiting.pressed?.replaceChildren(...waiting.words);
  waiting.pressed = null;
}
