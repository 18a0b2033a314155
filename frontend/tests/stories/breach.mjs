// A breach is visible to everybody whom it concerns: in the queue, on the desk's page, and to the customer who waits.
import assert from "node:assert/strict";
import { enter, mailTo, visitor } from "./stage.mjs";

export const stories = {
  "a late request says so on the queue, on its page, and to its requester": async ({ browser, base }) => {
    const ines = await enter(browser, base, "agent");
    const { tab } = ines;
    const late = tab.locator(".row", { has: tab.locator(".tag.late") }).first();
    assert.match(await late.locator(".tag.late").textContent(), /\d+ (min|h|d).* late/);
    assert.ok(await late.locator("svg").count(), "a late row has no strip");
    assert.match(await tab.locator(".row").first().textContent(), /late/, "late requests come first");
    await tab.goto(base + (await late.getAttribute("href")));
    assert.match(await tab.locator("#page .turn-line .tag.late").textContent(), /late/);
    assert.ok(await tab.locator("#page .clock svg").count());
    const number = /\/requests\/(\d+)/.exec(ines.path())[1];
    const address = await tab.locator(".evidence dd", { hasText: "@" }).textContent();

    const requester = await visitor(browser, base);
    await requester.go("/reset");
    await requester.tab.getByLabel("Your address").fill(address);
    await requester.tab.getByRole("button", { name: "Send me the link" }).click();
    await requester.tab.getByRole("heading", { name: "Check your mail" }).waitFor();
    await mailTo(requester, address, "password");
    await requester.tab.goto(await requester.tab.locator('a[href*="/reset/"]').first().getAttribute("href"));
    await requester.tab.getByLabel("Password").fill("marble otter seventy lamp");
    await requester.tab.getByRole("button", { name: "Set it" }).click();
    await requester.tab.getByRole("heading", { name: "How can we help?" }).waitFor();
    await requester.go(`/requests/${number}`);
    assert.match(await requester.tab.locator(".turn-line .tag.late").textContent(), /late/);
    assert.match(await requester.tab.locator("main").textContent(), /The time we aim for ran out without an answer/);
    return [ines, requester];
  },
};
