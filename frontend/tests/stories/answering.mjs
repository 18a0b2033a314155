// The path of an answer: the agent finds the request by keyboard, answers, takes one reply back within its ten seconds,
// writes a note, decides the priority; the customer sees the answer and the reason and never the note.
import assert from "node:assert/strict";
import { enter, until } from "./stage.mjs";

const SUBJECT = "Which ports must be open between runner and server?";
const SECRET = "Between us: they asked the same in March.";

/** Dana asks; what she filed has a number. */
export async function ask(dana, subject) {
  await dana.go("/requests/new/question");
  await dana.tab.getByLabel("Subject").fill(subject);
  await dana.tab.getByLabel("Your question").fill("We move the runner into another network and must name the ports.");
  await dana.tab.getByRole("button", { name: "Send question" }).click();
  await dana.tab.waitForURL(/\/requests\/\d+/);
  return Number(/\/requests\/(\d+)/.exec(dana.path())[1]);
}

/** Walks the queue with j until the request is in the pane. */
async function walkTo(tab, subject) {
  const row = tab.locator(".row", { hasText: subject });
  await until(`“${subject}” in the queue`, async () => {
    if (await row.count()) return true;
    const older = tab.getByRole("link", { name: "Older →" });
    assert.ok(await older.count(), `“${subject}” is not in the queue`);
    await older.click();
    return false;
  });
  await until("the row in focus", async () => {
    await tab.keyboard.press("j");
    return row.evaluate((it) => it === document.activeElement);
  });
  await tab.keyboard.press("Enter");
  await tab.locator("#pane:not([inert]) h1", { hasText: subject }).waitFor();
}

/** As fast as hands are: also while the request is still on its way. A page that answers a form has its scripts first. */
async function write(tab, key, text) {
  await tab.waitForLoadState("domcontentloaded");
  await tab.keyboard.press(key);
  await tab.keyboard.type(text);
  await until("what was typed in the composer", async () => (await tab.locator(".compose textarea").inputValue()) === text);
  await tab.keyboard.press("Control+Enter");
}

export const stories = {
  "ines answers by keyboard, takes one reply back, and dana sees the other and no note": async ({ browser, base }) => {
    const dana = await enter(browser, base, "customer");
    const number = await ask(dana, SUBJECT);
    const ines = await enter(browser, base, "agent");
    const { tab } = ines;
    await walkTo(tab, SUBJECT);
    await tab.locator("#alike :is(.like, .muted)").first().waitFor();
    assert.equal(await tab.title(), `${number} ${SUBJECT} · Firstline`, "what loads beside it takes no title");
    await tab.keyboard.press("k");
    await tab.keyboard.press("j");
    await write(tab, "n", SECRET);
    await tab.locator(".msg.note", { hasText: SECRET }).waitFor();
    await write(tab, "r", "Port 8080 from runner to server, nothing back.");
    await tab.getByRole("button", { name: "Undo, back to the draft" }).click();
    await until("the text back in the composer", async () =>
      (await tab.locator(".compose textarea").inputValue()) === "Port 8080 from runner to server, nothing back.");
    await tab.locator(".compose textarea").fill("");
    await tab.keyboard.press("Escape");
    await write(tab, "r", "Port 443 from runner to server, nothing back.");
    await tab.locator(".msg", { hasText: "Port 443" }).waitFor();

    await until("the answer on dana's page", async () => {
      await dana.go(`/requests/${number}`);
      return (await dana.tab.locator(".msg", { hasText: "Port 443" }).count()) === 1;
    });
    const seen = await dana.tab.content();
    assert.doesNotMatch(seen, /Between us/);
    assert.doesNotMatch(seen, /Port 8080/);
    assert.match(await dana.tab.textContent(".turn-line"), /Waiting for you/);
    return [dana, ines];
  },

  "ines decides another priority only with a reason, which dana reads": async ({ browser, base }) => {
    const dana = await enter(browser, base, "customer");
    const number = await ask(dana, "May the runner share a host with the server?");
    const ines = await enter(browser, base, "agent", { expected: [`422 /desk/requests/${number}/priority`] });
    const { tab } = ines;
    await ines.go(`/desk/requests/${number}`);
    await tab.keyboard.press("p");
    await tab.getByRole("radio", { name: "Medium" }).check();
    await tab.getByRole("button", { name: "Decide" }).click();
    await tab.locator(".acts .fault").waitFor();
    await tab.getByLabel("Reason, where it differs from the wish").fill("Two teams wait for this.");
    await tab.getByRole("button", { name: "Decide" }).click();
    await tab.locator(".event, .events", { hasText: "Two teams wait for this." }).waitFor();

    await dana.go(`/requests/${number}`);
    const aside = await dana.tab.textContent("aside.side");
    assert.match(aside, /Medium \(wished: Low\)/);
    assert.match(aside, /Two teams wait for this\./);
    return [dana, ines];
  },
};
