import { expect, it } from "vitest";
import { Lane } from "./lane";

const never = new AbortController().signal;
const tick = () => new Promise((resolve) => setImmediate(resolve));

function work(log: string[], name: string) {
  let end: () => void = () => undefined;
  const done = new Promise<void>((resolve) => {
    end = resolve;
  });
  return {
    end,
    start: async () => {
      log.push(name);
      await done;
      return name;
    },
  };
}

it("so many at a time, the others in turn, also after a failure", async () => {
  const lane = new Lane(2);
  const log: string[] = [];
  const [a, b, c] = ["a", "b", "c"].map((name) => work(log, name));
  const results = [lane.run(a!.start, never), lane.run(b!.start, never), lane.run(c!.start, never)];
  const failing = lane.run(() => Promise.reject(new Error("no")), never);
  const last = lane.run(async () => log.push("e"), never);
  await tick();
  expect(log).toEqual(["a", "b"]);
  a!.end();
  await tick();
  expect(log).toEqual(["a", "b", "c"]);
  b!.end();
  await expect(failing).rejects.toThrow("no");
  await last;
  c!.end();
  expect(await Promise.all(results)).toEqual(["a", "b", "c"]);
  expect(log).toEqual(["a", "b", "c", "e"]);
});

it("who gives up while waiting is never begun, and holds nobody up", async () => {
  const lane = new Lane(1);
  const log: string[] = [];
  const a = work(log, "a");
  const first = lane.run(a.start, never);
  const stop = new AbortController();
  const given = lane.run(async () => log.push("b"), stop.signal);
  const next = lane.run(async () => log.push("c"), never);
  stop.abort();
  await expect(given).rejects.toMatchObject({ name: "AbortError" });
  await expect(lane.run(async () => log.push("d"), stop.signal)).rejects.toMatchObject({
    name: "AbortError",
  });
  a.end();
  await Promise.all([first, next]);
  expect(log).toEqual(["a", "c"]);
});
