import { describe, expect, test } from "vitest";
import { anomalyConnector, anomalyText } from "./data-source-words";

describe("what an anomaly is", () => {
  test.each([
    ["the message wins", "Volume fell by 80 %", "SigninLogs", "Volume fell by 80 %"],
    ["without a message, the table", null, "SigninLogs", "Unusual volume of SigninLogs"],
    ["an empty message is none", "", "SigninLogs", "Unusual volume of SigninLogs"],
    ["nothing said", null, null, "Something unusual; see the details"],
    ["nothing said, in empty words", "", "", "Something unusual; see the details"],
  ])("%s", (_, message, tableName, said) => expect(anomalyText({ message, tableName })).toBe(said));
});

describe("whose an anomaly is", () => {
  test.each([
    ["its name", "Microsoft Entra ID", "entra-1", "Microsoft Entra ID"],
    ["a name without an id", "Microsoft Entra ID", null, "Microsoft Entra ID"],
    ["no name and no id", null, null, "Connector not named"],
    ["empty words", "", "", "Connector not named"],
  ])("%s", (_, connectorName, connectorId, said) =>
    expect(anomalyConnector({ connectorName, connectorId })).toBe(said),
  );

  test("an id alone is shown rather than nothing", () => {
    expect(anomalyConnector({ connectorName: null, connectorId: "entra-1" })).toContain("entra-1");
  });
});
