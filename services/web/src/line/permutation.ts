/**
 * The order of those who came before the doors opened, computed from the seed that is published: so
 * nobody has to ask for their own place when all of them get one at once. The mirror of `place_of` in
 * services/lobby/lobby_service/logic/permutation.py, which says how it works.
 */

const ROUNDS = 10;
/** A number's place in a hash is 16 bytes long; those that there are need the last four. */
const HASHED_BYTES = 16;
const WORD_BYTES = 4;
/** With halves of more bits the numbers would not be exact any more. */
const MOST_BITS = 26;

/** The place of a number, both of 0 … count - 1. `count` is at most 2 ** 52. */
export async function placeOf(number: number, count: number, seed: string): Promise<number> {
  const bits = Math.max(1, Math.ceil(bitLength(count - 1) / 2));
  if (number < 0 || number >= count || bits > MOST_BITS) {
    throw new RangeError(`${number} is not one of ${count}`);
  }
  const key = await sha256(new TextEncoder().encode(seed));
  const size = 2 ** bits;
  const walk = async (from: number): Promise<number> => {
    const at = await permuted(Math.floor(from / size), from % size, size, key, 0);
    return at < count ? at : walk(at);
  };
  return walk(number);
}

/** What the rounds from this one on make of two halves. */
async function permuted(
  left: number,
  right: number,
  size: number,
  key: Uint8Array,
  round: number,
): Promise<number> {
  if (round === ROUNDS) return left * size + right;
  const mixed = (await mix(key, round, right)) % size;
  return permuted(right, left ^ mixed, size, key, round + 1);
}

/** The last 32 bits of the hash. */
async function mix(key: Uint8Array, round: number, half: number): Promise<number> {
  const message = new Uint8Array(key.length + 1 + HASHED_BYTES);
  message.set(key);
  message[key.length] = round;
  new DataView(message.buffer).setUint32(message.length - WORD_BYTES, half);
  const digest = await sha256(message);
  return new DataView(digest.buffer).getUint32(digest.length - WORD_BYTES);
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

function bitLength(value: number): number {
  return value === 0 ? 0 : Math.floor(Math.log2(value)) + 1;
}
