import { CapsuleError } from "./capsule.ts";

/** The largest file that a link may unfold to. */
const maxLinkedBytes = 8 * 2 ** 20;

/** A capsule's file as text for a URL's hash: deflated (RFC 1951), then base64url (RFC 4648, § 5) without padding. */
export async function capsuleLink(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const deflated = new Uint8Array(await new Response(stream).arrayBuffer());
  let binary = "";
  for (const byte of deflated) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * The capsule's file that a link carries.
 *
 * Counts what comes out while inflating, so that a small link cannot fill the memory.
 *
 * @throws CapsuleError when the text is not such a link or unfolds to more than 8 MiB
 */
export async function capsuleFromLink(text: string): Promise<Uint8Array<ArrayBuffer>> {
  if (text.length > 2 * maxLinkedBytes || !/^[A-Za-z0-9_-]+$/.test(text)) {
    throw new CapsuleError(
      "Expected letters, digits, - and _ in the link to a saved lab; it is not complete or was changed on its way.",
    );
  }
  let deflated: Uint8Array<ArrayBuffer>;
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    deflated = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    throw broken();
  }
  return inflated(deflated);
}

async function inflated(deflated: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([deflated]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const reader = stream.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw broken();
    });
    if (done) break;
    length += value.length;
    if (length > maxLinkedBytes) {
      await reader.cancel().catch(() => undefined);
      throw new CapsuleError(
        `Expected a link that unfolds to at most ${maxLinkedBytes} bytes; this one holds more.`,
      );
    }
    chunks.push(value);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

function broken(): CapsuleError {
  return new CapsuleError(
    "Expected the link to a saved lab; this one is not complete or was changed on its way.",
  );
}
