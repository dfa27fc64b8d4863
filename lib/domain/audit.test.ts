import { expect, test } from "vitest";
import { actingDisplay, actionWords } from "./audit";

test.each([
  ["webhooks.pause", "Webhooks: pause"],
  ["serviceAccounts.issueCredential", "Service accounts: issue credential"],
  ["session.signed-in", "Session: signed in"],
  ["connection.credential.add", "Connection: credential add"],
  ["setup", "Setup"],
  ["", ""],
])("%s reads %s", (action, words) => {
  expect(actionWords(action)).toBe(words);
});

test.each([
  [null, { display: { id: "d", name: "North wall" } }, "North wall"],
  [null, { display: { id: "d" } }, null],
  [null, { display: "North wall" }, null],
  [null, {}, null],
  [null, null, null],
  [null, "display", null],
  [{ id: "p", name: "Ada", email: "a@b.test" }, { display: { name: "made by Ada" } }, null],
])("of %j and %j the acting display is %s", (person, detail, name) => {
  expect(actingDisplay({ person, detail })).toBe(name);
});
