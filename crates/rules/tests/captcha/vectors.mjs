// Writes vectors.json: challenges and payloads of the reference implementation, npm altcha-lib 2.8.0, with
// what it says of them itself. Chance is fixed, so that our challenge can be compared letter by letter.
//
//   npm install --no-save altcha-lib@2.8.0 && node vectors.mjs > vectors.json
import { createChallenge, solveChallenge, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';

const SECRETS = { hmacSignatureSecret: 'a key that signs challenges', hmacKeySignatureSecret: 'a key that signs answers' };
const EXPIRES = 4102444800; // 2100-01-01, so that the reference itself can judge today
const NOW = { before: 4102444799, after: 4102444801 };

let drawn = 0;
const draw = crypto.getRandomValues.bind(crypto);
crypto.getRandomValues = (bytes) => {
	if (bytes.length !== 16) return draw(bytes);
	bytes.forEach((_, i) => { bytes[i] = (drawn * 16 + i * 7) & 0xff; });
	drawn += 1;
	return bytes;
};

const hex = (text) => btoa(JSON.stringify(text));
const seedOf = ({ parameters: { nonce, salt } }, counter) => ({ nonce, salt, counter });

async function make(counter, more = {}) {
	const challenge = await createChallenge({ algorithm: 'PBKDF2/SHA-256', cost: 500, counter, deriveKey, expiresAt: EXPIRES, ...SECRETS, ...more });
	const { counter: found, derivedKey } = await solveChallenge({ challenge, deriveKey });
	return { challenge, payload: { challenge, solution: { counter: found, derivedKey, time: 12.3 } } };
}

async function judged(name, payload, expected, now = NOW.before) {
	const { verified } = await verifySolution({ ...payload, deriveKey, ...SECRETS }).catch(() => ({ verified: false }));
	return { name, now, payload: hex(payload), reference: verified, expected };
}

const challenges = [];
for (const counter of [0, 1, 7, 60]) {
	const { challenge } = await make(counter);
	challenges.push({ seed: seedOf(challenge, counter), cost: 500, expiresAt: EXPIRES, challenge });
}

const good = (await make(9)).payload;
const change = (edit) => { const copy = structuredClone(good); edit(copy); return copy; };
const payloads = [
	await judged('solved', good, 'solved'),
	{ ...(await judged('after its time', good, 'expired')), now: NOW.after, reference: false },
	await judged('nonce changed', change((p) => { p.challenge.parameters.nonce = '00'.repeat(16); }), 'forged'),
	await judged('cost lowered', change((p) => { p.challenge.parameters.cost = 1; }), 'forged'),
	await judged('expiry moved', change((p) => { p.challenge.parameters.expiresAt += 60; }), 'forged'),
	await judged('algorithm renamed', change((p) => { p.challenge.parameters.algorithm = 'SHA-256'; }), 'forged'),
	await judged('prefix cut', change((p) => { p.challenge.parameters.keyPrefix = '00'; }), 'forged'),
	await judged('signature changed', change((p) => { p.challenge.signature = '00'.repeat(32); }), 'forged'),
	await judged('signature missing', change((p) => { delete p.challenge.signature; }), 'malformed'),
	await judged('signature cut', change((p) => { p.challenge.signature = p.challenge.signature.slice(2); }), 'malformed'),
	await judged('a parameter more', change((p) => { p.challenge.parameters.data = { free: true }; }), 'malformed'),
	await judged('wrong secret', (await make(3, { hmacSignatureSecret: 'somebody else' })).payload, 'forged'),
	await judged('wrong key for answers', (await make(3, { hmacKeySignatureSecret: 'somebody else' })).payload, 'unsolved'),
	await judged('key of another challenge', change((p) => { p.solution.derivedKey = 'ab'.repeat(32); }), 'unsolved'),
	await judged('half of the key', change((p) => { p.solution.derivedKey = p.challenge.parameters.keyPrefix; }), 'unsolved'),
	await judged('upper case', change((p) => { p.solution.derivedKey = p.solution.derivedKey.toUpperCase(); }), 'unsolved'),
	await judged('counter below zero', change((p) => { p.solution.counter = -1; }), 'malformed'),
	await judged('counter with a fraction', change((p) => { p.solution.counter = 1.5; }), 'malformed'),
	await judged('no solution', { challenge: good.challenge, solution: null }, 'malformed'),
	await judged('another algorithm', (await make(3, { algorithm: 'PBKDF2/SHA-512' })).payload, 'malformed'),
	await judged('without an expiry', (await make(3, { expiresAt: undefined })).payload, 'malformed'),
	await judged('without a key signature', (await make(3, { hmacKeySignatureSecret: undefined })).payload, 'malformed'),
	{ name: 'not base64', now: NOW.before, payload: 'ticked!', reference: false, expected: 'malformed' },
	{ name: 'not JSON', now: NOW.before, payload: btoa('ticked'), reference: false, expected: 'malformed' },
	{ name: 'the widget in test mode', now: NOW.before, payload: hex({ challenge: null, solution: null, test: true }), reference: false, expected: 'malformed' },
	{ name: 'protocol version 1', now: NOW.before, payload: hex({ algorithm: 'SHA-256', challenge: 'ab', number: 1, salt: 'ab', signature: 'ab', took: 1 }), reference: false, expected: 'malformed' },
	{ name: 'empty', now: NOW.before, payload: '', reference: false, expected: 'missing' },
];

console.log(JSON.stringify({ reference: 'altcha-lib 2.8.0', secrets: SECRETS, challenges, payloads }, null, '\t'));
