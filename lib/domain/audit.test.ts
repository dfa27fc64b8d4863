import { expect, test } from "vitest";
import { actionWords } from "./audit";

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
