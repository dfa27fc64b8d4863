import { describe, expect, test } from "vitest";
import { mirrorSummary, pageLights, readIds, type ReadOutcome, type ReadResult } from "./permission-mirror";

const readsWith = (changed: Partial<Record<ReadResult["id"], ReadOutcome>> = {}): ReadResult[] =>
  readIds.map((id) => ({
    id,
    scope: `${id}:read`,
    outcome: changed[id] ?? "works",
    why: changed[id] === "failed" ? "ContraForce did not answer in time." : null,
    upstreamRequestId: null,
  }));
const lightsOf = (changed: Parameters<typeof readsWith>[0]) =>
  Object.fromEntries(pageLights(readsWith(changed)).map(({ page, ...rest }) => [page, rest]));

describe("N20: the permission mirror", () => {
  test("without gamebooks:read the gamebooks page says so, and the other pages are unaffected", () => {
    const lights = lightsOf({ gamebooks: "no-scope" });
    expect(lights.Gamebooks).toEqual({
      light: "dark",
      sentence: "The credential lacks the scope gamebooks:read.",
    });
    const { Gamebooks: _, ...others } = lights;
    expect(Object.values(others).map(({ light }) => light)).toEqual(Array(7).fill("lit"));
  });

  test("a missing role and a missing scope are told apart", () => {
    expect(lightsOf({ tickets: "no-role" })["Tickets on incidents"]?.sentence).toMatch(
      /no role in the workspace/,
    );
    expect(lightsOf({ tickets: "no-scope" })["Tickets on incidents"]?.sentence).toMatch(
      /lacks the scope tickets:read/,
    );
  });

  test("an empty answer is lit with a warning, and what failed is neither lit nor dark", () => {
    expect(lightsOf({ incidents: "empty" }).Incidents).toMatchObject({
      light: "lit",
      sentence: expect.stringContaining("nothing in it") as string,
    });
    expect(lightsOf({ webhooks: "empty" }).Webhooks?.sentence).not.toContain("role");
    expect(lightsOf({ azure: "failed" })["Azure onboarding"]).toEqual({
      light: "unknown",
      sentence: "ContraForce did not answer in time.",
    });
  });

  test.each([
    [{}, "8 of 8 pages are lit."],
    [{ gamebooks: "no-scope" }, "7 of 8 pages are lit; Gamebooks stays dark."],
    [
      { gamebooks: "no-scope", azure: "no-scope", users: "failed" },
      "5 of 8 pages are lit; Gamebooks and Azure onboarding stay dark; Users could not be tried.",
    ],
  ] as const)("the summary counts and names (%#)", (changed, sentence) => {
    expect(mirrorSummary(pageLights(readsWith(changed)))).toBe(sentence);
  });
});
