// What helps while somebody writes: stories of behaviour.mjs of the toolbar, of lists, of pasted addresses, and of what is
// offered for "#" and "@".
import assert from "node:assert/strict";

/** What the server offers for what was asked: nothing but what the desk's page of references gives. */
export const offered = {
  asked: [],
  page(url) {
    const { pathname, searchParams } = new URL(url, "http://x");
    if (!pathname.endsWith("/references")) return undefined;
    const text = searchParams.get("text");
    offered.asked.push(text);
    const whole = text.startsWith("@") ? "@Theo Brandt " : "#4180 ";
    return `<li role="option" id="offer-1" aria-selected="false" data-whole="${whole}" data-cursor="${whole.length}"><code>${whole}</code></li>`;
  },
};

export async function writingStories(story) {
  const page = "desk-request--full";
  const begin = async (tab) => {
    const text = tab.locator(".compose textarea");
    await text.fill("");
    await text.click();
    return text;
  };

  await story("the toolbar and its keys set what is chosen, and take it off again", page, async (tab) => {
    const text = await begin(tab);
    await tab.keyboard.type("close it now");
    await text.evaluate((it) => it.setSelectionRange(6, 8));
    await tab.keyboard.press("Control+b");
    assert.equal(await text.inputValue(), "close **it** now");
    await tab.keyboard.press("Control+i");
    assert.equal(await text.inputValue(), "close ***it*** now");
    await tab.keyboard.press("Control+i");
    await tab.keyboard.press("Control+b");
    assert.equal(await text.inputValue(), "close it now");
    await tab.getByRole("button", { name: "Code" }).click();
    assert.equal(await text.inputValue(), "close `it` now");
    await tab.keyboard.press("Control+z");
    assert.equal(await text.inputValue(), "close it now", "what the toolbar did is undone like what was typed");
    await tab.getByRole("button", { name: "Steps" }).click();
    assert.equal(await text.inputValue(), "1. close it now");
    const stops = await tab.locator("[data-formats] button").evaluateAll((all) => all.filter((it) => it.tabIndex === 0).length);
    assert.equal(stops, 1, "the toolbar is one stop for the Tab key");
  });

  await story("a list goes on with the next line, and an empty item ends it", page, async (tab) => {
    const text = await begin(tab);
    await tab.keyboard.type("- one");
    await tab.keyboard.press("Enter");
    await tab.keyboard.type("two");
    await tab.keyboard.press("Enter");
    await tab.keyboard.press("Enter");
    await tab.keyboard.type("9. nine");
    await tab.keyboard.press("Enter");
    await tab.keyboard.type("ten");
    assert.equal(await text.inputValue(), "- one\n- two\n\n9. nine\n10. ten");
  });

  await story("an address that is pasted over words becomes their link", page, async (tab) => {
    const text = await begin(tab);
    await tab.keyboard.type("see the guide");
    await text.evaluate((it) => {
      it.setSelectionRange(8, 13);
      const data = new DataTransfer();
      data.setData("text/plain", "https://docs.example/a");
      it.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    });
    assert.equal(await text.inputValue(), "see the [guide](https://docs.example/a)");
  });

  await story("requests are offered for #, colleagues for @ in a note alone, and Escape leaves", page, async (tab) => {
    const text = await begin(tab);
    const list = tab.getByRole("listbox", { name: "What may be meant" });
    await tab.keyboard.type("As in #41");
    await list.waitFor();
    assert.equal(await text.getAttribute("aria-activedescendant"), null);
    await tab.keyboard.press("ArrowDown");
    assert.equal(await text.getAttribute("aria-activedescendant"), await list.getByRole("option").first().getAttribute("id"));
    await tab.keyboard.press("Enter");
    assert.equal(await text.inputValue(), "As in #4180 ");
    await list.waitFor({ state: "hidden" });
    const before = offered.asked.length;
    await tab.keyboard.type("@Th, me@Th");
    await tab.locator("label:has(#kind-note)").click();
    await text.click();
    await tab.keyboard.press("End");
    await tab.keyboard.type(" @the");
    await list.waitFor();
    assert.deepEqual(offered.asked.slice(before), ["@the"], "in a reply, and within an address, nobody is called");
    await tab.keyboard.press("Escape");
    await list.waitFor({ state: "hidden" });
    assert.equal(await text.evaluate((it) => document.activeElement === it), true);
  });
}
