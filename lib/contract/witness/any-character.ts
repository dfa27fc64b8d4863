import fc from "fast-check";

/**
 * Any one character, controls included, for property tests. (fast-check's own `binary` unit builds a table of all of
 * Unicode first, which takes seconds.) Half of them are ASCII, where the dangerous ones live.
 */
export const anyCharacter = fc
  .oneof(fc.nat(0x7f), fc.nat(0x10_ff_ff))
  .filter((code) => code < 0xd8_00 || code > 0xdf_ff)
  .map((code) => String.fromCodePoint(code));
