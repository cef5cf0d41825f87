const crcTable = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}

function uint32(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

function chunk(type: string, body: readonly number[]): number[] {
  const tagged = [...[...type].map((letter) => letter.charCodeAt(0)), ...body];
  return [...uint32(body.length), ...tagged, ...uint32(crc32(Uint8Array.from(tagged)))];
}

/** Node's own zlib, where the build draws the stills; a page has none. */
const zlib = globalThis.process?.getBuiltinModule?.("node:zlib");

/** Compressed in the build, where each byte is one of a page's; stored on a page, where it goes nowhere. */
function zlibOf(bytes: Uint8Array): number[] {
  return zlib ? [...zlib.deflateSync(bytes, { level: 9 })] : zlibStored(bytes);
}

function zlibStored(bytes: Uint8Array): number[] {
  const out = [0x78, 0x01];
  for (let start = 0; start < bytes.length; start += 65535) {
    const block = bytes.subarray(start, start + 65535);
    const isLast = start + block.length >= bytes.length;
    const size = block.length;
    out.push(isLast ? 1 : 0, size & 255, size >> 8, ~size & 255, (~size >> 8) & 255, ...block);
  }
  return [...out, ...uint32(adler32(bytes))];
}

/**
 * A picture whose opacity is `alpha` (0 to 255, row by row from the top), as a PNG data URL: the mask
 * of a still drawing, which takes its colour from the theme.
 */
export function alphaPng(alpha: Uint8Array, width: number, height: number): string {
  const rows = new Uint8Array(height * (1 + 2 * width));
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      rows[row * (1 + 2 * width) + 2 + 2 * column] = alpha[row * width + column] as number;
    }
  }
  const greyWithAlpha = [...uint32(width), ...uint32(height), 8, 4, 0, 0, 0];
  const bytes = [
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...chunk("IHDR", greyWithAlpha),
    ...chunk("IDAT", zlibOf(rows)),
    ...chunk("IEND", []),
  ];
  return `data:image/png;base64,${btoa(bytes.map((byte) => String.fromCharCode(byte)).join(""))}`;
}
