import { expect, test } from "vitest";
import { inTurns } from "./in-turns";

test("every item once, in order, and never more at a time than was said", async () => {
  const begun: string[] = [];
  let [now, most] = [0, 0];
  await inTurns([..."abcdefg"], 3, async (item, index) => {
    begun.push(`${index}${item}`);
    now += 1;
    most = Math.max(most, now);
    await Promise.resolve();
    now -= 1;
  });
  expect(begun).toEqual(["0a", "1b", "2c", "3d", "4e", "5f", "6g"]);
  expect([most, now]).toEqual([3, 0]);
});

test("nothing to do is done at once", async () => {
  await expect(inTurns([], 3, () => Promise.reject(new Error("never")))).resolves.toBeUndefined();
});

test("the first failure is thrown, and the other lanes go on", async () => {
  const done: number[] = [];
  const run = inTurns([1, 2, 3, 4], 2, async (item) => {
    await Promise.resolve();
    if (item === 1) throw new Error("one");
    done.push(item);
  });
  await expect(run).rejects.toThrow("one");
  await new Promise((resolve) => setImmediate(resolve));
  expect(done).toEqual([2, 3, 4]);
});
