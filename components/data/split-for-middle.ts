/** Characters at the end that stay in sight; titles differ at their ends ("… on FIN-042"). */
const tailMin = 6;
const tailMax = 20;
const tailUsual = 12;
/** Shorter texts are not worth cutting in two. */
const splitFrom = 28;

/**
 * The front of a text, which may be cut, and its tail, which stays: from the start of a word where one begins within
 * reach. Both together are the text.
 */
export function splitForMiddle(text: string): readonly [front: string, tail: string] {
  if (text.length < splitFrom) return [text, ""];
  for (let at = text.length - tailMax; at <= text.length - tailMin; at += 1)
    if (text[at - 1] === " " && text[at] !== " ") return [text.slice(0, at), text.slice(at)];
  // Not between the two halves of one character.
  const at = text.length - tailUsual;
  const start = /[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at + 1 : at;
  return [text.slice(0, start), text.slice(start)];
}
