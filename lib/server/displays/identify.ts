import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import type { DisplayPrincipal, WorkspaceScope } from "@/lib/domain/access";
import { displayCookie, readCookie } from "@/lib/server/auth/cookies";
import { KeptCallers } from "@/lib/server/auth/kept-callers";
import { tokenHash } from "@/lib/server/auth/token";
import type { Tx } from "@/lib/server/db/database";
import { withPlatform } from "@/lib/server/db/platform";
import { displays, organisations } from "@/lib/server/db/schema/platform";
import { processWide } from "@/lib/server/process-wide";

/** Workspaces of a display's row. A list without any means none, never all. */
export function displayScope(row: {
  readonly scope: "all" | "list";
  readonly workspaceIds: readonly string[];
}): WorkspaceScope {
  return row.scope === "all" ? { kind: "all" } : { kind: "list", ids: new Set(row.workspaceIds) };
}

async function readDisplay(tx: Tx, hash: string): Promise<DisplayPrincipal | null> {
  const [row] = await tx
    .select({ display: displays, slug: organisations.slug, organisationName: organisations.name })
    .from(displays)
    .innerJoin(organisations, eq(organisations.id, displays.organisationId))
    .where(and(eq(displays.tokenHash, hash), isNull(displays.revokedAt)));
  if (!row) return null;
  const { display, slug: organisationSlug, organisationName } = row;
  const { organisationId } = display;
  const scope = displayScope(display);
  return {
    personId: null,
    displayId: display.id,
    name: display.name,
    memberships: [{ organisationId, organisationSlug, organisationName, role: "display", scope }],
  };
}

const kept = processWide(
  "displays",
  () => new KeptCallers<DisplayPrincipal>((hash) => withPlatform((tx) => readDisplay(tx, hash))),
);

/**
 * The display whose device cookie this is, as the database has it (kept for at most two seconds); null when there is none or it was revoked.
 * @throws Failure STORE_UNAVAILABLE when that cannot be known
 */
export async function displayOf(headers: Headers): Promise<DisplayPrincipal | null> {
  const token = readCookie(headers.get("cookie"), displayCookie().name);
  return token ? kept.find(tokenHash(token)) : null;
}

/** The same as the database has it now. */
export async function renewDisplay(headers: Headers): Promise<DisplayPrincipal | null> {
  const token = readCookie(headers.get("cookie"), displayCookie().name);
  return token ? kept.renew(tokenHash(token)) : null;
}

/** Drops what is kept of a display, so that its end acts at once in this process. `hash` is its `tokenHash`. */
export function forgetDisplay(hash: string): void {
  kept.forget(hash);
}
