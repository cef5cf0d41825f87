import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Book, builtPages, openBook, placeSelector } from "./book.ts";

let book: Book;
beforeAll(async () => {
  book = await openBook("/deep/below/");
});
afterAll(() => book.close());

const chapter = "perceptron";
const firstLab = "perceptron-neuron";

/** A symbol in the first formula that stands beside code. */
const inBand = (key: string) => `.band .katex-html [data-sym="${key}"]`;
const card = ".symbol-card";

const background = (page: Page, selector: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => getComputedStyle(element).backgroundColor);
const clear = "rgba(0, 0, 0, 0)";

describe("with scripts off", () => {
  test.each(builtPages())(
    "%s can be read: its words, formulae, code and pictures",
    async (name) => {
      const opened = await book.open(name, { scripts: false });
      const { page } = opened;
      expect(await page.locator("h1").count()).toBe(1);
      for (const lab of await opened.labs()) {
        const picture = page.locator(`${placeSelector(lab)} .lab-picture`);
        expect(await picture.isVisible(), lab).toBe(true);
        expect((await picture.boundingBox())?.height, lab).toBeGreaterThan(100);
      }
      expect(await page.locator("annotation").count()).toBe(await page.locator("math").count());
      for (const code of await page.locator("pre.code:visible").all()) {
        expect((await code.innerText()).length).toBeGreaterThan(0);
      }
      expect(opened.errors).toEqual([]);
      await opened.close();
    },
  );

  test("the tabs of the code turn, and hints unfold", async () => {
    const opened = await book.open(chapter, { scripts: false });
    const band = opened.page.locator(".band").first();
    const python = band.locator('[data-language="pytorch"]');
    expect(await python.isVisible()).toBe(false);
    await band.getByRole("radio", { name: "PyTorch" }).check();
    expect(await python.isVisible()).toBe(true);
    expect(await band.locator('[data-language="typescript"]').isVisible()).toBe(false);
    const hint = opened.page.locator(".fold").first();
    await hint.locator("summary").click();
    expect(await hint.locator(".fold-body").isVisible()).toBe(true);
    await opened.close();
  });
});

test("reading a chapter takes at most 20 KB of script, and 250 KB of HTML, CSS and fonts, as sent", async () => {
  const context = await book.browser.newContext();
  await context.addInitScript(() => {
    // Nothing ever comes near.
    window.IntersectionObserver = class {
      observe() {}
      unobserve() {}
      disconnect() {}
    } as unknown as typeof IntersectionObserver;
  });
  const page = await context.newPage();
  const sizes = { script: 0, document: 0 };
  const bodies: Promise<void>[] = [];
  page.on("response", (response) => {
    bodies.push(
      response.body().then((body) => {
        const size = response.url().endsWith("woff2") ? body.length : gzipSync(body).length;
        sizes[response.request().resourceType() === "script" ? "script" : "document"] += size;
      }),
    );
  });
  await page.goto(`${book.url}${chapter}.html`, { waitUntil: "networkidle" });
  await page.evaluate(() => document.fonts.ready);
  page.removeAllListeners("response");
  await Promise.all(bodies);
  expect(sizes.script).toBeLessThanOrEqual(20 * 1024);
  expect(sizes.document).toBeLessThanOrEqual(250 * 1024);
  await context.close();
});

test("the theme that the reader chooses holds, also on the next visit and before any script has come", async () => {
  const opened = await book.open(chapter);
  const { page } = opened;
  const paper = () =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await paper();
  await page.getByRole("radio", { name: "Dark" }).check();
  const dark = await paper();
  expect(dark).not.toBe(light);
  await page.route("**/*.js", (route) => route.abort());
  await page.reload({ waitUntil: "domcontentloaded" });
  expect(await paper()).toBe(dark);
  await page.unroute("**/*.js");
  await page.reload();
  expect(await page.getByRole("radio", { name: "Dark" }).isChecked()).toBe(true);
  await page.getByRole("radio", { name: "System" }).check();
  expect(await paper()).toBe(light);
  await opened.close();
});

describe("a symbol", () => {
  test("pointed at in an equation, lights up in the code and the prose, and its card shows its live value", async () => {
    const opened = await book.open(chapter);
    const { page } = opened;
    await opened.live(firstLab);
    await page.locator(inBand("w")).first().hover();
    await page.locator(card).waitFor();
    for (const place of [inBand("w"), '.code [data-sym="w"]', '.sym[data-sym="w"]']) {
      expect(await background(page, place), place).not.toBe(clear);
    }
    expect(await background(page, '.code [data-sym="z"]')).toBe(clear);
    await page.locator(`${card} canvas`).waitFor();
    expect(await page.locator(card).innerText()).toMatch(
      /weights[\s\S]*shape \[5\] · min 0 · max 1/,
    );
    await page.evaluate(async (id) => (await labs.get(id)).write("w", [1, 0, 0, 0, -2]), firstLab);
    await page.locator(card, { hasText: "min −2" }).waitFor();
    await page.mouse.move(0, 0);
    await page.locator(card).waitFor({ state: "hidden" });
    expect(await background(page, inBand("w"))).toBe(clear);
    expect(opened.errors).toEqual([]);
    await opened.close();
  });

  test("is reached by keyboard: Tab to the equation, arrows, Enter to keep the card, Escape to close it", async () => {
    const opened = await book.open(chapter);
    const { page } = opened;
    const formula = page.locator(".band .katex-display").first();
    expect(await formula.getAttribute("tabindex")).toBe("0");
    await formula.focus();
    const lit = () => page.evaluate(() => document.documentElement.dataset.lit);
    await page.keyboard.press("ArrowRight");
    const first = await lit();
    await page.keyboard.press("ArrowRight");
    expect(await lit()).not.toBe(first);
    await page.keyboard.press("ArrowLeft");
    expect(await lit()).toBe(first);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.locator(card).isVisible()).toBe(true);
    await page.keyboard.press("Escape");
    expect(await page.locator(card).isVisible()).toBe(false);
    expect(await lit()).toBeUndefined();
    await opened.close();
  });

  test("is kept by a tap, and let go by a tap elsewhere", async () => {
    const opened = await book.open(chapter, {
      width: 390,
      height: 844,
      context: { hasTouch: true, isMobile: true },
    });
    const { page } = opened;
    await page.locator('.sym[data-sym="z"]').first().tap();
    await page.locator(card).waitFor();
    expect(page.url()).not.toContain("#symbol");
    await page.locator("h1").tap();
    await page.locator(card).waitFor({ state: "hidden" });
    await opened.close();
  });

  test("that is a setting lights the field of the lab", async () => {
    const opened = await book.open(chapter);
    const { page } = opened;
    await opened.live(firstLab);
    await page.locator('.symbol-entry [data-sym="eta"]').hover();
    await page.locator(card).waitFor();
    const field = `${placeSelector(firstLab)} [data-sym="learningRate"]`;
    expect(await background(page, field)).not.toBe(clear);
    await page.locator(card, { hasText: "0.500" }).waitFor();
    await opened.close();
  });
});

test("numbers put into an equation are those of the lab, and follow it", async () => {
  const opened = await book.open(chapter);
  const { page } = opened;
  await opened.live(firstLab);
  const band = page.locator(`.band[data-lab="${firstLab}"]`).first();
  const letters = await band.locator(".katex-display").innerHTML();
  const tex = () => band.locator("annotation").textContent();
  await band.locator("[data-put-numbers]").click();
  await band.getByRole("button", { name: "Back to letters" }).waitFor();
  // σ(1.5): the five-input example of the chapter.
  expect(await tex()).toContain("0.818");
  await page.evaluate(async (id) => (await labs.get(id)).write("b", -0.5), firstLab);
  // σ(1 − 0.5) = 0.622.
  await expect.poll(tex).toContain("0.622");
  await band.locator("[data-put-numbers]").click();
  expect(await band.locator(".katex-display").innerHTML()).toBe(letters);
  expect(opened.errors).toEqual([]);
  await opened.close();
});

test("the page for an unknown address finds the book's styles, and the way back, from any depth", async () => {
  const opened = await book.open("index");
  const { page } = opened;
  await page.route("**/no/such/page.html", (route) =>
    route.fulfill({ path: join(import.meta.dirname, "../../dist/404.html") }),
  );
  await page.goto(`${book.url}no/such/page.html`);
  await page.locator("head base").waitFor({ state: "attached" });
  expect(await page.getByRole("link", { name: "Go to its first page." }).getAttribute("href")).toBe(
    "./",
  );
  const paper = () => getComputedStyle(document.documentElement).getPropertyValue("--paper").trim();
  await expect.poll(() => page.evaluate(paper)).not.toBe("");
  await page.getByRole("link", { name: "Go to its first page." }).click();
  await page.waitForURL(book.url);
  await opened.close();
});

test("a lab that cannot be loaded keeps its picture, says so, and comes when tried again", async () => {
  const opened = await book.open("404");
  const { page } = opened;
  await page.route("**/mountLab*.js", (route) => route.abort());
  await page.goto(`${book.url}${chapter}.html`);
  const place = page.locator(placeSelector(firstLab));
  await place.scrollIntoViewIfNeeded();
  const message = page.locator(".lab-failure").first();
  await message.waitFor();
  expect(await place.locator("svg").first().isVisible()).toBe(true);
  await page.unroute("**/mountLab*.js");
  await message.getByRole("button").click();
  await opened.live(firstLab);
  expect(await place.locator("+ .lab-failure").count()).toBe(0);
  await opened.close();
});

test("a lab is as the reader left it when the page is loaded anew in the middle of training", async () => {
  const { page, live, close, errors } = await book.open("perceptron");
  await live("perceptron-line");
  const { step, w } = await page.evaluate(async () => {
    const lab = await labs.get("perceptron-line");
    const { step } = await lab.train(137);
    return { step, w: [...(await lab.read("w")).data] };
  });
  await page.waitForFunction(() => Object.keys(sessionStorage).some((key) => /kept/.test(key)));
  await page.reload();
  await live("perceptron-line");
  const after = () =>
    page.evaluate(async () => {
      const lab = await labs.get("perceptron-line");
      return { step: (await lab.train(0)).step, w: [...(await lab.read("w")).data] };
    });
  await expect.poll(after).toEqual({ step, w });
  expect(errors).toEqual([]);
  await close();
});

test("a lab that was trained beforehand goes back to that at a press", async () => {
  const { page, live, close, errors } = await book.open("convolution");
  const lab = await live("conv-digits");
  const weights = () =>
    page.evaluate(async () => [
      ...(await (await labs.get("conv-digits")).read("output.W")).data.slice(0, 9),
    ]);
  const trained = await weights();
  await page.evaluate(async () => (await labs.get("conv-digits")).reset(3));
  expect(await weights()).not.toEqual(trained);
  await lab.getByRole("button", { name: "As trained" }).click();
  await expect.poll(weights).toEqual(trained);
  expect(errors).toEqual([]);
  await close();
});

test("a lab that is projected goes on being drawn, and stands where it stood when that is over", async () => {
  const { page, live, project, close, errors } = await book.open("learning", {
    width: 1024,
    height: 768,
  });
  const lab = await live("learning-overfitting");
  const step = lab.locator(".lab-step");
  // Its lower end is in view, and its upper end far above.
  await step.evaluate((element) => element.scrollIntoView({ block: "center" }));
  await page.waitForTimeout(300);
  const before = await page.evaluate(() => scrollY);
  await project("learning-overfitting");
  await page.evaluate(async () => (await labs.get("learning-overfitting")).train(3));
  await expect.poll(() => step.textContent()).toContain("3");
  await page.keyboard.press("Escape");
  await expect.poll(() => lab.getAttribute("data-projected")).toBe(null);
  expect(await page.evaluate(() => scrollY)).toBe(before);
  await page.evaluate(async () => (await labs.get("learning-overfitting")).train(4));
  await expect.poll(() => step.textContent()).toContain("7");
  expect(errors).toEqual([]);
  await close();
});

test("the console appendix runs as it is written, line by line", async () => {
  const opened = await book.open("console");
  const { page } = opened;
  const blocks = await page.locator("pre.code").allInnerTexts();
  const script = blocks.filter(
    (block) => !block.includes("import load_file") && !block.startsWith("// on the page of"),
  );
  expect(script.length).toBeGreaterThan(3);
  const said = await page.evaluate(
    `(async () => { ${script.join("\n")}\n; return { y_hat: (await lab.read("y_hat")).data[0], step: (await lab.train(0)).step, bytes: bytes.length }; })()`,
  );
  expect(said).toMatchObject({ step: 0 });
  expect(opened.errors).toEqual([]);
  await opened.close();
});

test("on paper there are pictures and no controls, and links print their targets", async () => {
  const opened = await book.open("console", { scripts: false });
  const { page } = opened;
  await page.emulateMedia({ media: "print" });
  expect(await page.locator("button:visible").count()).toBe(0);
  expect(await page.locator(".book-header").isVisible()).toBe(false);
  expect(await page.locator(".lab-picture").first().isVisible()).toBe(true);
  const home = await book.open("index", { scripts: false });
  await home.page.emulateMedia({ media: "print" });
  const after = home.page
    .locator('main a[href="console.html"]')
    .first()
    .evaluate((link) => getComputedStyle(link, "::after").content);
  expect(await after).toContain("console.html");
  await home.close();
  await opened.close();
});

test("previous and next lead through the book and back", async () => {
  const opened = await book.open("index");
  const { page } = opened;
  await page.locator(".chapter-list a").first().click();
  await page.locator('a[rel="next"]').click();
  await page.locator('a[rel="prev"]').click();
  expect(await page.locator("h1").innerText()).toBe("The perceptron");
  expect(opened.errors).toEqual([]);
  await opened.close();
});
