// The proof of work of the sign-up page, and only there: the widget of ALTCHA without its inline styles
// and blobs, and one worker from our own address.
import "altcha/external";

declare const PROOF_WORKER: string;

$altcha.algorithms.set("PBKDF2/SHA-256", () => new Worker(PROOF_WORKER, { type: "module" }));
