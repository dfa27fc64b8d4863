import { describe, expect, it } from "vitest";
import { askedText, findIncidents } from "./incident-find";
import { makeRow } from "./incident-view-fixture";

const rows = [
  makeRow({ id: "a", number: 1042, title: "Suspicious sign-in from anonymous IP address" }),
  makeRow({ id: "b", number: 10421, title: "Impossible travel for 1042 seconds" }),
  makeRow({ id: "c", number: null, displayId: "1042", title: "Malware on FIN-042" }),
  makeRow({ id: "9d1c2a40-0000-4000-8000-000000000001", number: 7, title: "Sign-in burst" }),
  makeRow({ id: "e", number: 8, title: null, creationTime: null }),
];
const found = (text: string, most = 10) => findIncidents(rows, text, most).map(({ id }) => id);

describe("an incident is found by number, id or words of its title", () => {
  it.each([
    ["its number before a title that holds it", "1042", ["a", "c", "b"]],
    ["#1042", "#1042", ["a", "c"]],
    ["INC-1042", "INC-1042", ["a", "c"]],
    ["inc1042", "inc1042", ["a", "c"]],
    ["its id", "9D1C2A40-0000-4000-8000-000000000001", ["9d1c2a40-0000-4000-8000-000000000001"]],
    ["a title that starts so first", "sign-in", ["9d1c2a40-0000-4000-8000-000000000001", "a"]],
    ["words in any order", "anonymous suspicious", ["a"]],
    ["nothing for a single sign", "s", []],
    ["nothing for blanks", "   ", []],
    ["nothing that is not there", "ransomware", []],
  ])("%s", (_, text, ids) => expect(found(text)).toEqual(ids));

  it("stops at the number of rows asked for", () => expect(found("1042", 1)).toEqual(["a"]));
});

describe("what ContraForce is asked for", () => {
  it.each([
    [" #1042 ", "1042"],
    ["INC-1042", "1042"],
    ["1042", "1042"],
    [" sign-in  burst ", "sign-in  burst"],
    ["#malware", "#malware"],
  ])("%j → %j", (typed, text) => expect(askedText(typed)).toBe(text));
});
