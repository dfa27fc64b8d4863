import { sql } from "drizzle-orm";
import { afterEach, expect, test, vi } from "vitest";
import { openInMemory } from "./embedded";
import { gatherStatistics, keepStatistics } from "./embedded-statistics";
import { rowsOf } from "./engine";

afterEach(() => vi.useRealTimers());

test("the planner learns how many rows there are, also while a transaction is under way", async () => {
  const { client, db, close } = await openInMemory();
  await client.exec("create table many (n int); insert into many select generate_series(1, 5000)");
  const known = async () => {
    const rows = rowsOf<{ rows: number }>(
      await db.execute(sql`select reltuples::int as rows from pg_class where relname = 'many'`),
    );
    return rows[0]?.rows;
  };
  expect(await known()).not.toBe(5000);
  const latch = () => {
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    return { open, opened };
  };
  const [begun, finish] = [latch(), latch()];
  const busy = client.transaction(async (tx) => {
    await tx.query("select 1");
    begun.open();
    await finish.opened;
  });
  await begun.opened;
  const gathered = gatherStatistics(client);
  finish.open();
  await Promise.all([busy, gathered]);
  expect(await known()).toBe(5000);
  await close();
});

test("it is done again and again, also after a failure, and until it is ended", async () => {
  vi.useFakeTimers();
  const exec = vi.fn().mockRejectedValueOnce(new Error("out of order")).mockResolvedValue([]);
  const stop = keepStatistics({ exec });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(exec).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  expect(exec).toHaveBeenCalledTimes(3);
  stop();
  await vi.advanceTimersByTimeAsync(60 * 60_000);
  expect(exec).toHaveBeenCalledTimes(3);
  expect(vi.getTimerCount()).toBe(0);
});
