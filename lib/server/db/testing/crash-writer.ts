import { adoptDatabase, openDatabase } from "@/lib/server/db/database";
import { withPlatform } from "@/lib/server/db/platform";
import { instanceSettings } from "@/lib/server/db/schema/platform";

/**
 * A process of its own for the crash tests: opens the store of the folder (first argument), then writes rows for ever and prints
 * the key of each one after its transaction is acknowledged. Its parent ends it with SIGKILL.
 */
const [folder = "", round = ""] = process.argv.slice(2);
process.stdout.write("opening\n");
adoptDatabase(await openDatabase({ kind: "embedded", folder }));
process.stdout.write("opened\n");
for (let n = 0; ; n++) {
  const key = `round ${round} row ${n}`;
  await withPlatform(async (tx) => {
    await tx.insert(instanceSettings).values({ key, value: n });
    // A second row in the same transaction: one without the other would be half a write.
    await tx.insert(instanceSettings).values({ key: `${key} twin`, value: "x".repeat(n % 5_000) });
  });
  process.stdout.write(`${key}\n`);
}
