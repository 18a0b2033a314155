// The reader's time zone, told to the server once in a cookie; the server says every time in it. On the very first page
// it could not know yet: that page is fetched again, and all that differs in it is said anew, so that one zone holds on it.
import { all } from "./dom";

const YEAR = 365 * 24 * 60 * 60;
/** Where a reader may have begun something: what stands there is not replaced as a whole. */
const IN_USE = "form, input, textarea, select, button, details, [data-suggest], [hx-get]";

export function tellZone(): void {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const told = document.cookie.split("; ").find((pair) => pair.startsWith("zone="));
  if (!zone || told === `zone=${encodeURIComponent(zone)}`) return;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `zone=${encodeURIComponent(zone)}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
  if (all("time, .strip, [data-zoned]").length > 0) void sayAgain();
}

async function sayAgain(): Promise<void> {
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  correct(document.body, page.body);
}

/** Takes over what is said, and leaves what can be filled in or pressed as it is. */
function correct(here: Node, there: Node): void {
  if (here.isEqualNode(there)) return;
  if (here instanceof Text && there instanceof Text) here.data = there.data;
  if (!(here instanceof Element) || !(there instanceof Element) || here.matches("input, textarea, select, script")) return;
  const isAlike = here.localName === there.localName && here.childNodes.length === there.childNodes.length;
  if (here.matches("svg") || (!isAlike && !here.matches(IN_USE) && !here.querySelector(IN_USE))) return here.replaceWith(there);
  for (const name of ["title", "datetime", "aria-label"]) {
    const said = there.getAttribute(name);
    if (said !== null && here.hasAttribute(name)) here.setAttribute(name, said);
  }
  if (!isAlike) return;
  const said = [...there.childNodes];
  [...here.childNodes].forEach((child, at) => correct(child, said[at] ?? child));
}
