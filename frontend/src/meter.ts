// A first measure of a password while it is typed: length, variety, and what the page already knows about
// the person. The server judges it again, thoroughly, and says why when it refuses.
import { each, one } from "./dom";

const WORDS = ["too weak", "weak", "fair", "good", "strong"] as const;

export function measurePasswords(): void {
  each<HTMLInputElement>("input[data-meter]", (input) => {
    const line = one(`#${input.dataset["meter"] ?? ""}`);
    if (!line) return;
    const meter = one<HTMLMeterElement>("meter", line);
    const words = one("[data-words]", line);
    const known = (input.dataset["known"] ?? "").toLowerCase().split(/[^\p{L}\p{N}]+/u);
    line.hidden = false;
    input.addEventListener("input", () => {
      const score = measure(input.value, known);
      if (meter) meter.value = score;
      if (words) words.textContent = input.value ? (WORDS[score] ?? "") : "";
    });
  });
}

/** 0 (too weak) to 4 (strong): bits of a naive guess, less what is repeated, counted up or known. */
export function measure(password: string, known: string[]): number {
  let rest = password.toLowerCase();
  for (const word of known) if (word.length > 2) rest = rest.replaceAll(word, "");
  const letters = [...rest];
  const fresh = letters.filter((letter, at) => {
    const step = letter.charCodeAt(0) - (letters[at - 1]?.charCodeAt(0) ?? -9);
    return Math.abs(step) > 1;
  });
  const variety = new Set(fresh).size;
  const bits = fresh.length * Math.log2(Math.max(2, variety * 2));
  if (password.length < 8) return 0;
  return [28, 42, 56, 72].filter((enough) => bits >= enough).length;
}
