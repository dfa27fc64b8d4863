import { describe, expect, it } from "vitest";
import { isPress, isSingleCharacter, type KeyInput, matchKeys, parseKeys } from "./shortcut-keys";

const press = (key: string, more: Partial<KeyInput> = {}): KeyInput => ({
  key,
  code: "",
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
});

const is = (keys: string, input: KeyInput) => isPress(parseKeys(keys)[0]!, input);

describe("keys: a shortcut fires on its own press and on no other", () => {
  it("tells x from Shift+x, whatever case the browser reports", () => {
    expect(is("x", press("x"))).toBe(true);
    expect(is("x", press("X", { shiftKey: true }))).toBe(false);
    expect(is("Shift+x", press("X", { shiftKey: true }))).toBe(true);
    expect(is("x", press("X"))).toBe(true);
  });

  it("takes signs as they are typed, with or without Shift", () => {
    expect(is("?", press("?", { shiftKey: true }))).toBe(true);
    expect(is("/", press("/"))).toBe(true);
    expect(is("/", press("/", { shiftKey: true }))).toBe(true);
    expect(is("+", press("+", { shiftKey: true }))).toBe(true);
  });

  it("keeps off the browser's own keys", () => {
    for (const held of ["ctrlKey", "metaKey", "altKey"])
      expect(is("r", press("r", { [held]: true }))).toBe(false);
    expect(is("Mod+k", press("k", { ctrlKey: true }))).toBe(true);
    expect(is("Mod+k", press("k", { metaKey: true }))).toBe(true);
    expect(is("Mod+k", press("k"))).toBe(false);
  });

  it("goes by place on layouts without Latin letters, and by letter on all others", () => {
    expect(is("j", press("о", { code: "KeyJ" }))).toBe(true);
    expect(is("j", press("о", { code: "KeyK" }))).toBe(false);
    expect(is("q", press("a", { code: "KeyQ" }))).toBe(false);
  });

  it("tells Enter from Shift+Enter", () => {
    expect(is("Enter", press("Enter"))).toBe(true);
    expect(is("Enter", press("Enter", { shiftKey: true }))).toBe(false);
  });
});

describe("matchKeys", () => {
  it("waits for the second key of a sequence", () => {
    expect(matchKeys(["g i", "j"], [press("g")])).toEqual({ kind: "wait" });
    expect(matchKeys(["g i", "j"], [press("g"), press("i")])).toEqual({ kind: "run", index: 0 });
    expect(matchKeys(["g i", "j"], [press("g"), press("j")])).toEqual({ kind: "none" });
  });

  it("lets the scope that opened last win", () => {
    expect(matchKeys(["Escape", "j", "Escape"], [press("Escape")])).toEqual({ kind: "run", index: 2 });
  });

  it("lets a sequence win over a lone key that begins it", () => {
    expect(matchKeys(["g", "g i"], [press("g")])).toEqual({ kind: "wait" });
    expect(matchKeys(["g i", "g"], [press("g")])).toEqual({ kind: "wait" });
  });
});

describe("isSingleCharacter: what the off switch silences (WCAG 2.1.4)", () => {
  it.each([
    ["j", true],
    ["?", true],
    ["Shift+x", true],
    ["g i", true],
    ["Enter", false],
    ["Escape", false],
    ["ArrowDown", false],
    ["Mod+k", false],
  ])("%s: %s", (keys, answer) => {
    expect(isSingleCharacter(keys)).toBe(answer);
  });
});
