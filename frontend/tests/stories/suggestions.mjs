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

  "ines asks by the keyboard, keeps the question and opens a request beside it": async ({ browser, base }) => {
    const ines = await enter(browser, base, "agent");
    const { tab } = ines;
    await ines.go("/desk");
    await tab.keyboard.press("/");
    const box = tab.getByRole("combobox", { name: "Search requests and the support page" });
    await box.pressSequentially("typ");
    const offers = tab.getByRole("listbox", { name: "What may stand here" });
    await offers.getByRole("option", { name: "type:" }).waitFor();
    await tab.keyboard.press("ArrowDown");
    await tab.keyboard.press("Tab");
    await offers.getByRole("option", { name: /^question/ }).waitFor();
    assert.equal(await box.inputValue(), "type:");
    await tab.keyboard.type("quest");
    await offers.getByRole("option", { name: /^bug/ }).waitFor({ state: "detached" });
    await tab.keyboard.press("ArrowDown");
    await tab.keyboard.press("Enter");
    assert.equal(await box.inputValue(), "type:question ");
    await tab.keyboard.press("Enter");
    await tab.waitForURL(/\/desk\/search\?q=type%3Aquestion/);
    await tab.getByRole("heading", { name: "type:question" }).waitFor();
    await tab.getByText("Keep as a view").click();
    await tab.getByLabel("Name").fill("All questions");
    await tab.getByRole("button", { name: "Keep it" }).click();
    await tab.waitForURL(/\/desk\/views\/saved-\d+$/);
    await tab.getByRole("navigation", { name: "Views" }).getByRole("link", { name: /^All questions/ }).waitFor();
    await tab.keyboard.press("j");
    await tab.keyboard.press("Enter");
    await tab.waitForURL(/\/desk\/requests\/\d+\?view=saved-\d+$/);
    await tab.locator(".request-top").waitFor();
    return ines;
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
