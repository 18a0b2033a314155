// The reader's time zone, told to the server once in a cookie; the server says every time in it. On the very first page
// it could not know yet: what is said there of hours is fetched again.
import { all } from "./dom";

const YEAR = 365 * 24 * 60 * 60;

export function tellZone(): void {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const told = document.cookie.split("; ").find((pair) => pair.startsWith("zone="));
  if (!zone || told === `zone=${encodeURIComponent(zone)}`) return;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `zone=${encodeURIComponent(zone)}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
  if (all("[data-zoned]").length > 0) void sayAgain();
}

async function sayAgain(): Promise<void> {
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [here, there] = [all("[data-zoned]"), all("[data-zoned]", page)];
  if (here.length !== there.length) return;
  here.forEach((place, at) => place.replaceWith(there[at] ?? place));
}
