import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldRetries, latestOf } from "./gamebook-chains";
import { makeRun } from "./gamebook-fixture";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 24, 10, minute)).toISOString();
const run = (id: string, minute: number, originalGamebookId: string | null = null, workspaceId = "w1") =>
  makeRun({ id, creationDate: at(minute), originalGamebookId, workspaceId });
const shape = (runs: readonly ReturnType<typeof run>[]) =>
  foldRetries(runs).map(({ head, retries, isFirstRead }) => [
    head.id,
    retries.map(({ id }) => id),
    isFirstRead,
  ]);

describe("foldRetries", () => {
  it("puts retries under their first run, whether they name the first or the one before", () => {
    const star = [run("c", 3, "a"), run("x", 2), run("b", 1, "a"), run("a", 0)];
    const line = [run("c", 3, "b"), run("x", 2), run("b", 1, "a"), run("a", 0)];
    for (const runs of [star, line])
      expect(shape(runs)).toEqual([
        ["a", ["b", "c"], true],
        ["x", [], true],
      ]);
  });

  it("keeps retries together while their first run is not read, and says so", () => {
    expect(shape([run("c", 3, "a"), run("b", 1, "a")])).toEqual([["b", ["c"], false]]);
  });

  it("does not move a line when an older page brings the first run", () => {
    const newest = [run("c", 5, "a"), run("x", 4)];
    const before = foldRetries(newest).map(({ key }) => key);
    const after = foldRetries([...newest, run("y", 2), run("a", 0)]).map(({ key }) => key);
    expect(after.slice(0, before.length)).toEqual(before);
  });

  it("does not join two customers' runs because an id is the same", () => {
    expect(shape([run("b", 1, "a", "w2"), run("a", 0)])).toEqual([
      ["b", [], false],
      ["a", [], true],
    ]);
  });

  it("ends in data that goes in circles", () => {
    expect(
      foldRetries([run("a", 1, "b"), run("b", 0, "a")]).flatMap((chain) => [chain.head, ...chain.retries]),
    ).toHaveLength(2);
    expect(shape([run("a", 0, "a")])).toEqual([["a", [], true]]);
  });

  it("the newest run tells how it stands", () => {
    const [chain] = foldRetries([run("c", 3, "a"), run("a", 0)]);
    expect(chain && latestOf(chain).id).toBe("c");
  });

  it("loses and doubles no run, whatever names what", () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(30), { nil: null }), { maxLength: 30 }), (originals) => {
        const runs = originals
          .map((original, n) => run(String(n), n, original === null ? null : String(original)))
          .reverse();
        const out = foldRetries(runs).flatMap((chain) => [chain.head, ...chain.retries]);
        expect(out.map(({ id }) => id).sort()).toEqual(runs.map(({ id }) => id).sort());
      }),
    );
  });
});
