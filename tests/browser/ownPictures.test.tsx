import { flushSync } from "react-dom";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { OwnPictureSet } from "../../src/data/ownPictures.ts";
import { OwnPictures, type OwnPicturesProps } from "../../src/widgets/OwnPictures.tsx";

let root: Root | null = null;
const place = document.createElement("div");
document.body.append(place);

afterEach(() => {
  root?.unmount();
  root = null;
});

function show(props: Partial<OwnPicturesProps> = {}): OwnPictureSet[] {
  const taken: OwnPictureSet[] = [];
  const shown = createRoot(place);
  root = shown;
  flushSync(() =>
    shown.render(
      <OwnPictures
        size={4}
        labels="welcome"
        isOwn
        onTake={async (set) => taken.push(set)}
        onReturn={() => {}}
        {...props}
      />,
    ),
  );
  return taken;
}

const choose = (...files: readonly File[]) =>
  userEvent.upload(page.getByLabelText("Pictures, as IDX files or picture files"), [...files]);

const idx = (name: string, shape: readonly number[], numbers: readonly number[]) =>
  new File(
    [Uint8Array.from([0, 0, 8, shape.length, ...shape.flatMap((n) => [0, 0, 0, n]), ...numbers])],
    name,
  );

/** White paper with its upper left quarter black, as a PNG of the browser's own. */
async function png(name: string): Promise<File> {
  const canvas = new OffscreenCanvas(1024, 1024);
  const context = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D;
  context.fillStyle = "white";
  context.fillRect(0, 0, 1024, 1024);
  context.fillStyle = "black";
  context.fillRect(0, 0, 512, 512);
  return new File([await canvas.convertToBlob()], name);
}

test("a picture file becomes ink on a dark ground, with the class that its name begins with", async () => {
  const taken = show();
  await choose(await png("7 a.png"));
  await vi.waitFor(() => expect(taken).toHaveLength(1));
  const [{ x, y }] = taken as [OwnPictureSet];
  expect([...x.data].map(Math.round)).toEqual([1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  expect([...(y?.data ?? [])]).toEqual([7]);
  await expect
    .element(page.getByRole("status"))
    .toHaveTextContent("1 picture, with labels from 0 to 7.");
});

test("where labels are needed, images wait for them", async () => {
  const taken = show({ labels: "needed" });
  await choose(
    idx(
      "images",
      [1, 4, 4],
      Array.from({ length: 16 }, (_, i) => 16 * i),
    ),
  );
  await expect.element(page.getByRole("status")).toHaveTextContent("images is open. Now the other");
  await choose(idx("labels", [1], [3]));
  await vi.waitFor(() => expect(taken).toHaveLength(1));
  expect(taken[0]?.classes).toBe(4);
});

test("what is no picture is refused in words, and changes nothing", async () => {
  const taken = show();
  await choose(new File(["a poem"], "poem.png"));
  await expect
    .element(page.getByRole("alert"))
    .toHaveTextContent("poem.png is neither an IDX file");
  expect(taken).toEqual([]);
});
