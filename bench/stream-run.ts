import { randomBytes, randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import { displayCookie } from "@/lib/server/auth/cookies";
import { newToken, tokenHash } from "@/lib/server/auth/token";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { displays, organisations } from "@/lib/server/db/schema/platform";
import { appendEvents } from "@/lib/server/live/log";

/*
 * The other instance of the benchmark of live streams: makes an organisation with as many displays as it is asked for, prints their cookies, and
 * writes an event down for each line that comes in.
 */

const count = Number(process.argv[2]);
const workspaceId = randomUUID();

const made = await withPlatform(async (tx) => {
  const slug = `bench-${randomBytes(3).toString("hex")}`;
  const [organisation] = await tx.insert(organisations).values({ slug, name: "Bench" }).returning();
  if (!organisation) throw new Error("The organisation was not written.");
  const tokens = Array.from({ length: count }, () => newToken());
  await tx.insert(displays).values(
    tokens.map((token, index) => ({
      organisationId: organisation.id,
      name: `Display ${index}`,
      scope: "all" as const,
      tokenHash: tokenHash(token),
    })),
  );
  return { organisation, cookies: tokens.map((token) => `${displayCookie().name}=${token}`) };
});
process.stdout.write(`${JSON.stringify({ slug: made.organisation.slug, cookies: made.cookies })}\n`);

for await (const line of createInterface({ input: process.stdin })) {
  const incidentId = line.trim();
  await withOrganisation(made.organisation.id, (tx) =>
    appendEvents(tx, [{ topic: "incident", workspaceId, source: "Sentinel", incidentId, change: "added" }]),
  );
}
process.exit(0);
