// A reply that is begun in one browser and goes on in another: a picture is pasted, a file dropped, one taken off again, and
// what was written in the one is not written over from the other.
import assert from "node:assert/strict";
import { ask } from "./answering.mjs";
import { enter, until } from "./stage.mjs";

const text = (tab) => tab.locator(".compose textarea").inputValue();
const saved = (tab) => until("the draft kept", async () => (await tab.textContent("[data-saved]")).startsWith("saved"));

/** Writes, and waits until the desk has answered what it makes of it. */
async function write(tab, words) {
  const answered = tab.waitForResponse((answer) => answer.url().endsWith("/drafts") && answer.request().method() === "POST");
  await tab.locator(".compose textarea").fill(words);
  await answered;
}

/** Pastes or drops a file as a browser does that has it at hand; a picture is drawn first. */
async function hand(tab, how, name, content) {
  await tab.evaluate(
    async ([how, name, content]) => {
      const drawn = async () => {
        const canvas = Object.assign(document.createElement("canvas"), { width: 40, height: 30 });
        canvas.getContext("2d").fillRect(5, 5, 20, 10);
        return new Promise((done) => canvas.toBlob(done, "image/png"));
      };
      const data = new DataTransfer();
      data.items.add(content ? new File([content], name, { type: "text/plain" }) : new File([await drawn()], name, { type: "image/png" }));
      const at = document.querySelector(how === "paste" ? ".compose textarea" : ".compose [data-drop]");
      const init = { bubbles: true, cancelable: true };
      at.dispatchEvent(how === "paste" ? new ClipboardEvent("paste", { ...init, clipboardData: data }) : new DragEvent("drop", { ...init, dataTransfer: data }));
    },
    [how, name, content],
  );
}

export const stories = {
  "ines pastes a picture and drops a file, takes one off, goes on in another browser, and dana has what she sent": async ({ browser, base }) => {
    const dana = await enter(browser, base, "customer");
    const number = await ask(dana, "Where does the runner keep its certificates?");
    const desk = await enter(browser, base, "agent");
    const { tab } = desk;
    await desk.go(`/desk/requests/${number}`);
    await tab.locator(".compose textarea").fill("They are in this folder:");
    await hand(tab, "paste", "image.png");
    await tab.locator(".compose .file:not(.sending)", { hasText: "image.png" }).waitFor();
    await hand(tab, "drop", "paths.txt", "/etc/runner/certificates\n".repeat(40));
    await tab.locator(".compose .file:not(.sending)", { hasText: "paths.txt" }).waitFor();
    await hand(tab, "drop", "wrong.txt", "The wrong one.\n");
    await tab.locator(".compose .file:not(.sending)", { hasText: "wrong.txt" }).waitFor();
    await saved(tab);
    await tab.getByRole("button", { name: "Remove wrong.txt" }).click();
    await until("the file gone", async () => (await tab.locator(".compose .file").count()) === 2);
    assert.equal(await text(tab), "They are in this folder:", "what was typed stays");

    const train = await enter(browser, base, "agent");
    await train.go(`/desk/requests/${number}`);
    assert.equal(await text(train.tab), "They are in this folder:");
    assert.equal(await train.tab.locator(".compose .file").count(), 2, "with its files");
    await train.tab.getByRole("button", { name: /^Reply, then it is/ }).click();
    await train.tab.locator(".msg", { hasText: "They are in this folder:" }).waitFor();
    await until("the reply on dana's page", async () => {
      await dana.go(`/requests/${number}`);
      return (await dana.tab.locator(".msg", { hasText: "They are in this folder:" }).count()) === 1;
    });
    const message = dana.tab.locator(".msg", { hasText: "They are in this folder:" });
    assert.match(await message.textContent(), /image\.png[\s\S]*paths\.txt|paths\.txt[\s\S]*image\.png/);
    assert.doesNotMatch(await dana.tab.textContent("body"), /wrong\.txt/);
    return [dana, desk, train];
  },

  "what ines wrote in one browser is not written over from another": async ({ browser, base }) => {
    const dana = await enter(browser, base, "customer");
    const number = await ask(dana, "Can a launch be renamed?");
    const expected = ["409 /drafts"];
    const [desk, train] = [await enter(browser, base, "agent", { expected }), await enter(browser, base, "agent", { expected })];
    await desk.go(`/desk/requests/${number}`);
    await train.go(`/desk/requests/${number}`);
    await write(desk.tab, "Yes: open it");
    await saved(desk.tab);
    // It was open there before there was a draft.
    await write(train.tab, "No.");
    const parted = (tab) => tab.locator(".parted");
    await parted(train.tab).waitFor();
    assert.match(await parted(train.tab).textContent(), /You wrote on in another browser, saved/);
    await parted(train.tab).getByRole("button", { name: "Show that one" }).click();
    await until("the other text", async () => (await text(train.tab)) === "Yes: open it");
    await write(train.tab, "Yes: open it, and press its name.");
    await saved(train.tab);
    await write(desk.tab, "Yes: open its menu.");
    await parted(desk.tab).waitFor();
    await desk.go(`/desk/requests/${number}`);
    assert.equal(await text(desk.tab), "Yes: open it, and press its name.", "nothing was written over");
    // Whoever says so writes over it.
    await write(train.tab, "Yes: press its name.");
    await write(desk.tab, "Yes, in its menu.");
    await parted(desk.tab).getByRole("button", { name: "Keep what stands here" }).click();
    await saved(desk.tab);
    assert.equal(await parted(desk.tab).count(), 0);
    await train.go(`/desk/requests/${number}`);
    assert.equal(await text(train.tab), "Yes, in its menu.");
    return [dana, desk, train];
  },

  "what ines types stands below the state that she changes before it was kept, and a note calls theo": async ({ browser, base }) => {
    const dana = await enter(browser, base, "customer");
    const number = await ask(dana, "Where is a launch exported?");
    const { tab, ...desk } = await enter(browser, base, "agent");
    await desk.go(`/desk/requests/${number}`);
    await tab.locator(".compose textarea").fill("In its menu.");
    // No draft is kept before a pause.
    assert.equal(await tab.textContent("[data-saved]"), "");
    await tab.keyboard.press("Escape");
    await tab.keyboard.press("s");
    await tab.keyboard.press("Enter");
    await tab.locator(".acts", { hasText: "Open" }).waitFor();
    assert.equal(await text(tab), "In its menu.");

    // A colleague is the first that is meant, and what was written is in sight.
    await tab.locator(".compose textarea").fill("");
    await tab.keyboard.press("Escape");
    await tab.keyboard.press("n");
    await tab.keyboard.type("Ask @the");
    await tab.getByRole("option", { name: "@Theo Marsh", selected: true }).waitFor();
    await tab.keyboard.press("Enter");
    await tab.keyboard.type("first.");
    await tab.getByRole("button", { name: "Keep the note" }).click();
    await tab.locator(".msg.note:target", { hasText: "Ask @Theo Marsh first." }).waitFor();
    return [dana, { tab, ...desk }];
  },
};
