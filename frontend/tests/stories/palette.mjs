// Everything by its name, and keys as their reader wants them.
import assert from "node:assert/strict";
import { enter } from "./stage.mjs";

export const stories = {
  "ines goes and does by names, and by keys of her own": async ({ browser, base }) => {
    const ines = await enter(browser, base, "agent");
    const { tab } = ines;
    await ines.go("/desk");
    const palette = tab.getByRole("dialog", { name: "Command palette" });
    const option = (name) => palette.getByRole("option", { name });
    const choose = async (typed, name) => {
      await tab.keyboard.press("Control+k");
      await tab.keyboard.type(typed);
      await option(name).first().waitFor();
      await tab.keyboard.press("Enter");
    };
    await tab.keyboard.press("Control+k");
    await option(/^Go to|^Needs an answer/).first().waitFor();
    assert.equal(await option(/^Reply/).count(), 0, "no request is open that could be answered");
    await tab.keyboard.type("nonsense");
    await tab.keyboard.press("Escape");
    await palette.waitFor({ state: "hidden" });

    await choose("unass", /^Unassigned/);
    await tab.waitForURL("**/desk/views/unassigned");
    await tab.keyboard.press("g");
    await tab.keyboard.press("n");
    await tab.waitForURL("**/desk/views/needs-answer");

    await tab.locator(".row").first().click();
    await tab.locator(".compose textarea").waitFor();
    await choose("rep", /^Reply/);
    await palette.waitFor({ state: "hidden" });
    assert.ok(await tab.evaluate(() => document.activeElement?.matches(".compose textarea")), "the composer has the focus");
    await tab.keyboard.press("Escape");

    await tab.keyboard.press("?");
    await tab.getByRole("dialog", { name: "Keys" }).getByRole("link", { name: "Other keys" }).click();
    await tab.getByLabel("Write an internal note").fill("w");
    await tab.getByRole("button", { name: "Keep these keys" }).click();
    await tab.getByText("Your keys are kept").waitFor();
    await tab.goBack();
    await ines.go("/desk");
    await tab.locator(".row").first().click();
    await tab.locator(".compose textarea").waitFor();
    await tab.keyboard.press("w");
    assert.ok(await tab.isChecked("#kind-note"), "her own key writes a note");
    await ines.go("/desk/keys");
    await tab.getByRole("button", { name: "Back to everybody’s" }).click();
    await tab.getByText("Your keys are kept").waitFor();
    return ines;
  },

  "ines goes back through what she opened: the list stays where it was, and every key works": async ({ browser, base }) => {
    const ines = await enter(browser, base, "agent");
    const { tab } = ines;
    await ines.go("/desk");
    const addresses = await tab.locator(".row").evaluateAll((rows) => rows.map((row) => row.pathname));
    const [first, second] = addresses.slice(-2);
    const row = (address) => tab.locator(`.row[href^="${address}"]`);
    const open = (address) => tab.locator(`body[data-page="request"] .row[href^="${address}"][aria-current]`).waitFor();
    await row(first).click();
    await open(first);
    const scrolled = () => tab.locator(".queue").evaluate((list) => list.scrollTop);
    await row(second).click();
    await open(second);
    const stood = await scrolled();
    assert.ok(stood > 0, "the list is longer than the page");
    await tab.goBack();
    await open(first);
    await tab.keyboard.press("Control+k");
    await tab.locator("dialog.palette[open]").waitFor();
    await tab.keyboard.press("Escape");
    await tab.goBack();
    await tab.getByText("Choose a request").waitFor();
    assert.equal(await scrolled(), stood);
    await tab.goForward();
    await open(first);
    await tab.keyboard.press("j");
    await open(second);
    return ines;
  },
};
