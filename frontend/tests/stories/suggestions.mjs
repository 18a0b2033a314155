// Typing a subject: what may answer it shows under it and moves nothing that is being typed; where support ends is said
// kindly and can be waved away; and the desk is searched by one key.
import assert from "node:assert/strict";
import { enter } from "./stage.mjs";

export const stories = {
  "dana types a subject, and what may answer it stands under it": async ({ browser, base }) => {
    const dana = await enter(browser, base, "customer");
    const { tab } = dana;
    await dana.go("/requests/new/question");
    const subject = tab.getByLabel("Subject");
    await subject.pressSequentially("Our Jenkins pipeline fails at night");
    const panel = tab.getByRole("region", { name: "How far support goes" });
    await panel.waitFor();
    assert.match(await panel.textContent(), /Is this about CI pipelines\?/);
    await tab.getByRole("button", { name: "No, it is something else" }).click();
    await panel.waitFor({ state: "detached" });
    assert.ok(await subject.evaluate((field) => field === document.activeElement), "the subject has the focus again");

    await subject.fill("holidays");
    const answer = tab.getByRole("region", { name: "May answer it" }).getByRole("link", { name: /When we are here/ });
    await answer.waitFor();
    await tab.keyboard.press("Tab");
    assert.ok(await tab.evaluate(() => document.activeElement?.closest(".suggested") !== null), "the keyboard reaches it");
    return dana;
  },

  "ines presses / and searches": async ({ browser, base }) => {
    const ines = await enter(browser, base, "agent");
    const { tab } = ines;
    await ines.go("/desk");
    await tab.keyboard.press("/");
    await tab.keyboard.type("holidays");
    await tab.keyboard.press("Enter");
    await tab.waitForURL(/\/desk\/search\?q=holidays/);
    await tab.getByRole("heading", { name: "Found for “holidays”" }).waitFor();
    return ines;
  },
};
