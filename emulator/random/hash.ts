/**
 * Stateless randomness: every property of a generated thing is a hash of what identifies it, so that it can be
 * computed on demand, in any order, and is the same for the same seed. Nothing here keeps state.
 */

/**
 * Mixes two 32-bit words into one. For a fixed `a` it is a bijection of `b`, so that ids derived from a running
 * number never collide within one stream.
 */
export function mix(a: number, b: number): number {
  let h = (a ^ Math.imul(b + 0x9e3779b9, 0x85ebca6b)) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Hash of a text (FNV-1a, finished by `mix`), for salts with a name and ids that come from outside. */
export function hashText(text: string, seed = 0): number {
  let h = 0x811c9dc5 ^ seed;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix(h >>> 0, text.length);
}

/** A number in [0, 1). */
export function unit(hash: number, salt: number): number {
  return mix(hash, salt) / 4_294_967_296;
}

/** A whole number in [low, high]. */
export function between(hash: number, salt: number, low: number, high: number): number {
  return low + Math.floor(unit(hash, salt) * (high - low + 1));
}

export function chance(hash: number, salt: number, probability: number): boolean {
  return unit(hash, salt) < probability;
}

/** One element of a list that is not empty. */
export function pick<T>(hash: number, salt: number, list: readonly T[]): T {
  const chosen = list[Math.floor(unit(hash, salt) * list.length)];
  if (chosen === undefined) throw new RangeError("pick from an empty list");
  return chosen;
}

/** Index of a weighted choice; the weights need not add up to one. */
export function weighted(hash: number, salt: number, weights: readonly number[]): number {
  let rest = unit(hash, salt) * weights.reduce((sum, weight) => sum + weight, 0);
  for (let i = 0; i < weights.length; i += 1) {
    rest -= weights[i] ?? 0;
    if (rest < 0) return i;
  }
  return weights.length - 1;
}

/** A waiting time with the given mean (exponential), in the unit of the mean. */
export function exponential(hash: number, salt: number, mean: number): number {
  return -Math.log(1 - unit(hash, salt)) * mean;
}

const byteHex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Eight hexadecimal digits; by table, because a page of incidents needs a hundred thousand of them. */
function wordHex(word: number): string {
  const at = (shift: number) => byteHex[(word >>> shift) & 255] ?? "";
  return at(24) + at(16) + at(8) + at(0);
}

/** `words` × 8 hexadecimal digits. */
export function hex(hash: number, salt: number, words: number): string {
  let text = "";
  for (let i = 0; i < words; i += 1) text += wordHex(mix(mix(hash, salt + 1 + i), salt));
  return text;
}

/** A version 4 GUID made from a hash. */
export function guid(hash: number, salt: number): string {
  return guidFromHex(hex(hash, salt, 4));
}

/** A GUID that is a bijection of `sequence` for a fixed `stream`: two things of one stream never share it. */
export function sequenceGuid(stream: number, sequence: number): string {
  let text = "";
  for (let i = 1; i <= 4; i += 1) text += wordHex(mix(mix(stream, i), sequence));
  return guidFromHex(text);
}

function guidFromHex(text: string): string {
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-4${text.slice(13, 16)}-a${text.slice(17, 20)}-${text.slice(20, 32)}`;
}
