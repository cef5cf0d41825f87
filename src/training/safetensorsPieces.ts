import { bytesPerNumber, checkedDtype, numbersIn } from "./safetensors.ts";
import {
  headerLength,
  lengthBytes,
  parsedHeader,
  SafetensorsError,
  type SafetensorsHeader,
  type TensorPlace,
} from "./safetensorsHeader.ts";

/** Bytes that are in memory at once. A multiple of every width of a number. */
const pieceBytes = 4 * 2 ** 20;

/** The header of a file of any size: only its first bytes are read. @throws SafetensorsError */
export async function headerOf(file: Blob): Promise<SafetensorsHeader> {
  const length = headerLength(await bytesOf(file, 0, lengthBytes), file.size);
  const header = await bytesOf(file, lengthBytes, lengthBytes + length);
  return parsedHeader(header, file.size);
}

/**
 * The numbers of one tensor, read piece by piece, so that no more of the file is in memory than one piece
 * of it. `tell` is called with the bytes of each.
 *
 * @throws SafetensorsError when a number is not finite, or their format is none that is read
 * @throws the signal's reason, once that says to stop
 */
export async function tensorIn(
  file: Blob,
  { dataStart }: SafetensorsHeader,
  place: TensorPlace,
  { tell = () => {}, signal }: Reading = {},
): Promise<Float32Array<ArrayBuffer>> {
  const dtype = checkedDtype(place);
  const width = bytesPerNumber(dtype);
  const whole = new Float32Array((place.end - place.begin) / width);
  for (let begin = place.begin; begin < place.end; begin += pieceBytes) {
    signal?.throwIfAborted();
    const end = Math.min(begin + pieceBytes, place.end);
    const bytes = await bytesOf(file, dataStart + begin, dataStart + end);
    const numbers = numbersIn(bytes, dtype);
    const first = (begin - place.begin) / width;
    checkFinite(place, numbers, first);
    whole.set(numbers, first);
    tell(bytes.length);
  }
  return whole;
}

export interface Reading {
  readonly tell?: (bytes: number) => void;
  readonly signal?: AbortSignal | undefined;
}

async function bytesOf(file: Blob, begin: number, end: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(begin, end).arrayBuffer());
}

function checkFinite({ name }: TensorPlace, numbers: Float32Array, first: number): void {
  for (let i = 0; i < numbers.length; i++) {
    if (Number.isFinite(numbers[i])) continue;
    throw new SafetensorsError(
      `Expected finite numbers in ${name}, but entry ${first + i} is ${numbers[i]}.`,
    );
  }
}
