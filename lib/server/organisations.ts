import "server-only";
import { withPlatform } from "@/lib/server/db/platform";
import { organisations } from "@/lib/server/db/schema/platform";

/** Every organisation there is, for work that goes on without anybody asking. */
export async function organisationIds(): Promise<readonly string[]> {
  const rows = await withPlatform((tx) => tx.select({ id: organisations.id }).from(organisations));
  return rows.map(({ id }) => id);
}
