import { describe, expect, it } from "vitest";
import { CallError } from "@/lib/client/call-error";
import { makePlaybook } from "@/lib/domain/gamebook-fixture";
import type { FailureCode } from "@/lib/errors";
import { readPlaybooks } from "./gamebook-playbooks";

const failure = (code: FailureCode) =>
  CallError.of({ type: "about:blank", title: code, status: 400, code, requestId: "r" });
const found = [makePlaybook()];

function years(answers: Readonly<Record<number, readonly ReturnType<typeof makePlaybook>[] | FailureCode>>) {
  const asked: number[] = [];
  const read = async (year: number) => {
    asked.push(year);
    const answer = answers[year] ?? "UPSTREAM_NOT_FOUND";
    if (typeof answer === "string") throw failure(answer);
    return answer;
  };
  return { asked, result: readPlaybooks(read, [2027, 2026, 2028]) };
}

describe("readPlaybooks: the year is a partition, and at New Year it may be the neighbour", () => {
  it.each([
    ["the first year has them", { 2027: found }, [2027]],
    ["the first year does not know the run", { 2026: found }, [2027, 2026]],
    ["the first year is empty", { 2027: [], 2026: found }, [2027, 2026]],
    ["it lies on the other side", { 2027: [], 2028: found }, [2027, 2026, 2028]],
  ] as const)("%s", async (_, answers, asked) => {
    const one = years(answers);
    expect(await one.result).toEqual(found);
    expect(one.asked).toEqual(asked);
  });

  it("a run that is known somewhere and has no playbooks has none; one that no year knows is missing", async () => {
    expect(await years({ 2026: [] }).result).toEqual([]);
    await expect(years({}).result).rejects.toMatchObject({ code: "UPSTREAM_NOT_FOUND" });
  });

  it("a fault is not read as 'not in this year'", async () => {
    const one = years({ 2027: "UPSTREAM_UNAVAILABLE", 2026: found });
    await expect(one.result).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    expect(one.asked).toEqual([2027]);
  });
});
