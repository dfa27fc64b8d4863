import { describe, expect, it } from "vitest";
import { matchCommands } from "./command-match";

const entries = [
  { label: "Go to incidents", also: "queue alerts" },
  { label: "Go to gamebooks", also: "automation playbooks" },
  { label: "Theme: dark" },
  { label: "Theme: like the system" },
  { label: "Times in UTC", also: "zone" },
  { label: "Switch to Globex (C++)" },
];
const found = (text: string) => matchCommands(entries, text).map(({ label }) => label);

describe("finding a command by what is typed", () => {
  it.each([
    ["", entries.map(({ label }) => label)],
    ["  ", entries.map(({ label }) => label)],
    ["inc", ["Go to incidents"]],
    ["GAME", ["Go to gamebooks"]],
    ["go ", ["Go to incidents", "Go to gamebooks"]],
    ["theme sys", ["Theme: like the system"]],
    ["playbooks", ["Go to gamebooks"]],
    ["zone", ["Times in UTC"]],
    ["go to game", ["Go to gamebooks"]],
    ["nothing like it", []],
    ["c++", ["Switch to Globex (C++)"]],
    ["(", ["Switch to Globex (C++)"]],
  ])("%j", (text, labels) => expect(found(text)).toEqual(labels));

  it("puts the start of a word before the middle of one", () =>
    expect(matchCommands([{ label: "Modem" }, { label: "Demo mode" }], "dem").map((e) => e.label)).toEqual([
      "Demo mode",
      "Modem",
    ]));
});
