// The reader's time zone, told to the server once in a cookie; the server says every time in it.

const YEAR = 365 * 24 * 60 * 60;

export function tellZone(): void {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const told = document.cookie.split("; ").find((pair) => pair.startsWith("zone="));
  if (!zone || told === `zone=${encodeURIComponent(zone)}`) return;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `zone=${encodeURIComponent(zone)}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
}
