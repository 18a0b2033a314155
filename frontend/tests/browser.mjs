// The browser of every test: Debian's Chromium, kept from talking to anybody, and the product's own policy.

export const EXECUTABLE = "/usr/bin/chromium";

export const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Ends the run with an error when it takes longer: Chromium may stop answering, and then nothing else would end it. */
export function endsWithin(minutes) {
  const late = () => {
    console.error(`FAULT the run did not end within ${minutes} minutes; what it printed last says where it stands`);
    process.exit(1);
  };
  setTimeout(late, minutes * 60_000).unref();
}
