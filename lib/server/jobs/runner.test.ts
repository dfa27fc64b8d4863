import { afterEach, expect, test, vi } from "vitest";
import { type JobWork, type Runner, startRunner } from "./runner";

const runners: Runner[] = [];
afterEach(async () => {
  for (const runner of runners.splice(0)) await runner.stop();
  vi.useRealTimers();
});

function run(work: JobWork["next"], over: Partial<Parameters<typeof startRunner>[0]> = {}) {
  const errors: unknown[] = [];
  const runner = startRunner({
    work: { isOpen: () => Promise.resolve(true), next: work },
    organisations: () => Promise.resolve([]),
    lanes: 3,
    sweepMs: 60_000,
    log: { error: (line: unknown) => void errors.push(line) },
    ...over,
  });
  runners.push(runner);
  return { runner, errors };
}
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await turn();
}

test("an organisation without work costs one look", async () => {
  const looks: string[] = [];
  let pieces = 0;
  const next = () => {
    pieces += 1;
    return Promise.resolve(null);
  };
  const isOpen = (organisation: string) => {
    looks.push(organisation);
    return Promise.resolve(false);
  };
  run(next, { work: { isOpen, next }, organisations: () => Promise.resolve(["a", "b"]) });
  await until(() => looks.length >= 2);
  for (let n = 0; n < 20; n += 1) await turn();
  expect([looks.sort(), pieces]).toEqual([["a", "b"], 0]);
});

test("a piece that takes long does not keep the other lanes from theirs", async () => {
  let pieces = 0;
  let finish: () => void = () => undefined;
  const { runner } = run(async () => {
    pieces += 1;
    if (pieces === 1)
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
    return pieces < 10 ? 0 : null;
  });
  runner.poke("a");
  await until(() => pieces >= 10);
  finish();
});

test("work is shared by the lanes, and asked for until there is none", async () => {
  let left = 20;
  let [running, most] = [0, 0];
  const { runner } = run(async () => {
    if (left === 0) return null;
    left -= 1;
    running += 1;
    most = Math.max(most, running);
    await turn();
    running -= 1;
    return 0;
  });
  runner.poke("a");
  await until(() => left === 0 && running === 0);
  expect(most).toBe(3);
});

test("poked while it works or sleeps, it looks again at once", async () => {
  const answers: (number | null)[] = [60_000, null, null];
  let asked = 0;
  const { runner } = run(() => Promise.resolve(answers[asked++] ?? null), { lanes: 1 });
  runner.poke("a");
  await until(() => asked === 1);
  await turn();
  // Would sleep for a minute.
  runner.poke("a");
  await until(() => asked >= 3);
});

test("a step that fails is logged and tried again; the other organisations go on", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  let failures = 0;
  let others = 0;
  const { runner, errors } = run(
    (organisation) => {
      if (organisation === "b") {
        others += 1;
        return Promise.resolve(null);
      }
      failures += 1;
      return failures === 1 ? Promise.reject(new Error("the store is away")) : Promise.resolve(null);
    },
    { lanes: 1 },
  );
  runner.poke("a");
  await until(() => errors.length === 1);
  runner.poke("b");
  await until(() => others === 1);
  expect(failures).toBe(1);
  await vi.advanceTimersByTimeAsync(2_100);
  await until(() => failures === 2);
});

test("a stop waits for what is under way, takes up nothing more, and wakes who sleeps", async () => {
  let finish: () => void = () => undefined;
  let begun = 0;
  let isAborted = false;
  const { runner } = run(
    async (organisation, _owner, signal) => {
      begun += 1;
      if (organisation === "sleeper") return 60_000;
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      isAborted = signal.aborted;
      return 0;
    },
    { lanes: 1 },
  );
  runner.poke("sleeper");
  runner.poke("worker");
  await until(() => begun === 2);
  let isStopped = false;
  const stopping = runner.stop().then(() => {
    isStopped = true;
  });
  await turn();
  expect(isStopped).toBe(false);
  runner.poke("late");
  finish();
  await stopping;
  expect([begun, isAborted]).toEqual([2, true]);
});

test("each runner has a name of its own", async () => {
  const owners = new Set<string>();
  const work: JobWork["next"] = (_organisation, owner) => {
    owners.add(owner);
    return Promise.resolve(null);
  };
  for (const { runner } of [run(work), run(work)]) runner.poke("a");
  await until(() => owners.size === 2);
});
