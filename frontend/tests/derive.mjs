// The key derivation of the challenge, as the widget's worker does it, for the test's own server side.
import { pbkdf2Sync } from "node:crypto";

export async function deriveKey(parameters, salt, password) {
  return { derivedKey: new Uint8Array(pbkdf2Sync(password, salt, parameters.cost, parameters.keyLength, "sha256")) };
}
