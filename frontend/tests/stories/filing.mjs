// Filing a bug: the form asks what the policy asks, takes a log by drop and by choice, and says before sending by when
// we aim to answer; the request says the same after.
import assert from "node:assert/strict";
import { enter } from "./stage.mjs";

/** Fills whatever a type's form asks; texts say which field they were meant for. */
export async function fillBug(tab, subject) {
  await tab.getByLabel("Subject").fill(subject);
  for (const select of await tab.locator("form.writes select").all()) {
    const value = await select.locator("option").nth(1).getAttribute("value");
    await select.selectOption(value);
  }
  await tab.locator('[name="detail.version"]').fill("25.2.1");
  for (const text of await tab.locator("form.writes textarea").all()) {
    await text.fill("After the upgrade the attachments of skipped tests are missing once a launch is closed.");
  }
  for (const tick of await tab.locator('input[type="checkbox"]').all()) await tick.check();
}

export const LOG = ["2026-11-20 14:02:10.113 INFO  main Started", "2026-11-20 14:02:11.871 ERROR report-worker AttachmentSweep removed"];

/** A file dragged onto a place of the form. */
async function drop(tab, selector, name, lines) {
  const data = await tab.evaluateHandle(([file, text]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], file, { type: "text/plain" }));
    return transfer;
  }, [name, lines.join("\n")]);
  await tab.dispatchEvent(selector, "drop", { dataTransfer: data });
}

export const stories = {
  "dana files a bug: logs dropped and chosen, the aim shown before holds after": async ({ browser, base }) => {
    const dana = await enter(browser, base, "customer", { expected: ["422 /requests"] });
    const { tab } = dana;
    await dana.go("/requests/new");
    await tab.getByRole("link", { name: /It contradicts the documentation/ }).click();
    await tab.getByRole("button", { name: "Send bug report" }).click();
    await tab.getByRole("alert").waitFor();
    assert.match(await tab.textContent('[role="alert"]'), /What you wrote is kept/);

    await fillBug(tab, "Attachments of skipped tests vanish");
    await drop(tab, '[data-drop="logs"]', "server.log", LOG);
    await tab.locator('[data-drop="logs"] .file', { hasText: "server.log" }).getByRole("button", { name: "Remove" }).waitFor();
    await tab.setInputFiles('[data-drop="logs"] input[type=file]', { name: "worker.log", mimeType: "text/plain", buffer: Buffer.from(LOG.join("\n")) });
    await tab.locator('[data-drop="logs"] .file', { hasText: "worker.log" }).getByRole("button", { name: "Remove" }).waitFor();

    const promised = await tab.textContent(".promise p b");
    await tab.getByRole("button", { name: "Send bug report" }).click();
    await tab.waitForURL(/\/requests\/\d+/);
    assert.equal(await tab.textContent("h1"), "Attachments of skipped tests vanish");
    assert.deepEqual((await tab.locator(".held a:not(.redact)").allTextContents()).sort(), ["server.log", "worker.log"]);
    const aim = /\d+ \w+(?: \d{4})?,? \d\d:\d\d/.exec(promised)?.[0];
    assert.ok(aim, `the aim names a day and a time: ${promised}`);
    const time = /\d\d:\d\d/.exec(promised)[0];
    assert.match(await tab.textContent(".explain"), new RegExp(time), `promised was ${promised}`);
    return dana;
  },
};
