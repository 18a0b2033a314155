// A working day at the desk, by keyboard: the opening and the morning's triage, a deep dig after one error, a clean-up of
// many requests at once, and the lead's monthly report. `look` is given a name and the tab at each station; the pictures
// of the gallery are taken there.
import assert from "node:assert/strict";
import { enter, until } from "./stage.mjs";

/** The morning: what is due at the opening, then the queue from its top, taken, prioritised and answered. */
export async function morning(ines, look) {
  const { tab } = ines;
  await ines.go("/desk/opening");
  // On a day off, and before it opens, there is no list yet.
  await tab.getByText(/^Late, or due today$|^The desk has not opened today\./).waitFor();
  await look("day-1-opening", tab);
  await tab.keyboard.press("g");
  await tab.keyboard.press("n");
  await tab.waitForURL("**/desk/views/needs-answer");
  await tab.keyboard.press("j");
  await tab.keyboard.press("Enter");
  const pane = tab.locator("#pane:not([inert])");
  await pane.locator(".compose textarea").waitFor();
  await until("the request is hers", async () => {
    if (/Ines/.test(await pane.locator(".acts").textContent())) return true;
    await tab.keyboard.press("i");
    return false;
  });
  await tab.keyboard.press("p");
  await tab.getByRole("button", { name: "Decide" }).waitFor();
  await look("day-1-priority", tab);
  await tab.keyboard.press("Escape");
  await tab.keyboard.press("r");
  await tab.keyboard.type("Good morning. Which version do you run, and since when?");
  await look("day-1-answer", tab);
  await tab.keyboard.press("Control+Enter");
  await pane.locator(".msg", { hasText: "Which version do you run" }).waitFor();
}

/** One error through all that was ever written: search, the best match, a note that names another request. */
export async function dig(ines, look) {
  const { tab } = ines;
  await tab.keyboard.press("Escape");
  await tab.keyboard.press("/");
  await tab.keyboard.type("token exchange");
  await tab.keyboard.press("Enter");
  await tab.getByRole("heading", { name: "Found for “token exchange”" }).waitFor();
  assert.ok(await tab.locator(".results mark").count(), "what was looked for is marked");
  await look("day-2-found", tab);
  await tab.locator(".results .subject").first().click();
  await tab.locator(".compose textarea").waitFor();
  await look("day-2-request", tab);
  await tab.keyboard.press("n");
  await tab.keyboard.type("The same as #");
  const offer = tab.locator("[role=option]").first();
  await offer.waitFor();
  await look("day-2-note", tab);
  await tab.keyboard.press("Enter");
  await tab.keyboard.press("Control+Enter");
  await tab.locator(".msg.note", { hasText: "The same as" }).waitFor();
}

/** Two of a question, ticked by keyboard, noted in one go: seen before, and done. */
export async function clean(ines, look) {
  const { tab } = ines;
  await ines.go(`/desk/search?q=${encodeURIComponent("type:feature turn:ours")}`);
  await tab.locator(".row").nth(1).waitFor();
  for (const at of [0, 1]) {
    await tab.keyboard.press("j");
    await tab.keyboard.press("x");
    await until("a tick more", async () => (await tab.locator(".pick:checked").count()) === at + 1);
  }
  await tab.getByText("2 selected").waitFor();
  await look("day-3-selected", tab);
  await tab.locator(".bulk-bar").getByRole("button", { name: "Note" }).click();
  await tab.getByLabel("The note, in Markdown").fill("Asked about in the meeting on Monday.");
  await tab.getByRole("button", { name: "See what would change" }).click();
  const begin = tab.locator(".bulk-begin button");
  await begin.waitFor();
  await look("day-3-preview", tab);
  await begin.click();
  await until("the work is over", async () => (await tab.locator("#progress, .bulk-begin").count()) === 0);
  assert.match(await tab.locator(".bulk-figures").textContent(), /2/);
  await look("day-3-over", tab);
}

/** The month that went by, a figure of it opened, and its table taken along. */
export async function report(theo, look) {
  const { tab } = theo;
  await theo.go("/desk/report");
  await tab.getByRole("link", { name: "Last month" }).click();
  await tab.locator(".periods [aria-current]", { hasText: "Last month" }).waitFor();
  await look("day-4-report", tab);
  const filed = tab.locator(".tiles > div", { hasText: "Filed" }).locator("a");
  const count = Number(await filed.textContent());
  assert.ok(count > 0, "last month had requests");
  const table = tab.getByRole("link", { name: "All of it as CSV" }).first();
  const coming = tab.waitForEvent("download");
  await table.click();
  assert.match((await coming).suggestedFilename(), /\.csv$/);
  await filed.click();
  await tab.waitForURL("**/desk/report/requests*");
  assert.ok((await tab.locator("tbody tr").count()) >= Math.min(count, 20), "the figure opens its requests");
  await look("day-4-requests", tab);
}

export const stories = {
  "ines and theo have a working day: triage, a dig, a clean-up, the month": async ({ browser, base }) => {
    const look = async () => {};
    const ines = await enter(browser, base, "agent");
    await morning(ines, look);
    await dig(ines, look);
    await clean(ines, look);
    const theo = await enter(browser, base, "lead");
    await report(theo, look);
    return [ines, theo];
  },
};
