// The worker that solves ALTCHA's PBKDF2 puzzles, bundled by itself so that it has an address.
import "altcha/workers/pbkdf2";
