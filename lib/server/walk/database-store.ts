import "server-only";
import { and, asc, between, desc, eq, inArray, lte } from "drizzle-orm";
import type { WalkFilter } from "@/lib/domain/walk";
import type { Tx } from "@/lib/server/db/database";
import { withOrganisation } from "@/lib/server/db/organisation";
import { walkSteps, walks } from "@/lib/server/db/schema/tenant";
import { recordObservations } from "../workspaces";
import {
  type StepAppend,
  type StepRecord,
  type StoredStep,
  type WalkRecord,
  type WalkStore,
  walksPerPerson,
} from "./store";

/** Walks in the database, so that any instance can go on where another one stopped. */
export const databaseWalkStore: WalkStore = {
  create: (walk, first, observed) =>
    withOrganisation(walk.organisationId, async (tx) => {
      await dropOldWalks(tx, walk);
      await tx.insert(walks).values({
        id: walk.id,
        organisationId: walk.organisationId,
        personId: walk.personId,
        sessionId: walk.sessionId,
        credentialId: walk.credentialId,
        filterHash: walk.filterHash,
        filter: walk.filter,
        createdAt: new Date(walk.createdAtMs),
        expiresAt: new Date(walk.expiresAtMs),
      });
      await tx.insert(walkSteps).values(stepRow(walk, first));
      await recordObservations(tx, walk.organisationId, observed, walk.createdAtMs);
    }),

  read: (organisationId, walkId, step, nowMs) =>
    withOrganisation(organisationId, async (tx) => {
      const [walk] = await tx.select().from(walks).where(eq(walks.id, walkId));
      if (!walk || walk.expiresAt.getTime() <= nowMs) return null;
      // One statement, one snapshot: between two, another instance could make the step and spend the one before.
      const steps = await tx
        .select({ step: walkSteps.step, page: walkSteps.page, next: walkSteps.next })
        .from(walkSteps)
        .where(and(eq(walkSteps.walkId, walkId), inArray(walkSteps.step, [step - 1, step])));
      const page = steps.find((row) => row.step === step)?.page ?? null;
      const previous = steps.find((row) => row.step === step - 1)?.next ?? null;
      return { walk: walkRecord(walk), page, previous } satisfies StoredStep;
    }),

  append: (append) => withOrganisation(append.walk.organisationId, (tx) => appendStep(tx, append)),

  handovers: (organisationId, walkId, from, to) =>
    withOrganisation(organisationId, async (tx) => {
      const rows = await tx
        .select({ next: walkSteps.next })
        .from(walkSteps)
        .where(and(eq(walkSteps.walkId, walkId), between(walkSteps.step, from, to)))
        .orderBy(asc(walkSteps.step));
      return rows.flatMap(({ next }) => (next ? [next] : []));
    }),
};

async function appendStep(
  tx: Tx,
  { walk, record, spent, ...append }: StepAppend,
): Promise<Uint8Array | null> {
  const { organisationId, id } = walk;
  // The row lock makes two instances that made the same step take turns, and keeps a purge out.
  const [held] = await tx.select({ id: walks.id }).from(walks).where(eq(walks.id, id)).for("update");
  if (!held) return null;
  const [mine] = await tx
    .insert(walkSteps)
    .values(stepRow(walk, record))
    .onConflictDoNothing()
    .returning({ step: walkSteps.step });
  if (!mine) return stepPage(tx, id, record.step);
  await tx
    .update(walkSteps)
    .set({ next: Buffer.from(spent) })
    .where(and(eq(walkSteps.walkId, id), eq(walkSteps.step, record.step - 1)));
  await tx
    .update(walks)
    .set({ expiresAt: new Date(append.expiresAtMs) })
    .where(eq(walks.id, id));
  await recordObservations(tx, organisationId, append.observed, append.nowMs);
  return record.page;
}

/** Expired walks of the organisation, and the person's oldest ones beyond the bound; the steps go with them. */
async function dropOldWalks(tx: Tx, walk: WalkRecord): Promise<void> {
  // What another transaction is about to drop or to extend is left to it: waiting here could end in a deadlock.
  const free = { skipLocked: true } as const;
  const expired = await tx
    .select({ id: walks.id })
    .from(walks)
    .where(lte(walks.expiresAt, new Date(walk.createdAtMs)))
    .for("update", free);
  const surplus = await tx
    .select({ id: walks.id })
    .from(walks)
    .where(eq(walks.personId, walk.personId))
    .orderBy(desc(walks.createdAt), desc(walks.id))
    .offset(walksPerPerson - 1)
    .for("update", free);
  const ids = [...expired, ...surplus].map(({ id }) => id);
  if (ids.length > 0) await tx.delete(walks).where(inArray(walks.id, ids));
}

function stepRow(walk: WalkRecord, record: StepRecord) {
  return {
    walkId: walk.id,
    organisationId: walk.organisationId,
    step: record.step,
    next: Buffer.from(record.next),
    page: Buffer.from(record.page),
  };
}

async function stepPage(tx: Tx, walkId: string, step: number): Promise<Uint8Array | null> {
  const [row] = await tx
    .select({ page: walkSteps.page })
    .from(walkSteps)
    .where(and(eq(walkSteps.walkId, walkId), eq(walkSteps.step, step)));
  return row?.page ?? null;
}

function walkRecord(row: typeof walks.$inferSelect): WalkRecord {
  return {
    id: row.id,
    organisationId: row.organisationId,
    personId: row.personId,
    sessionId: row.sessionId,
    credentialId: row.credentialId,
    filterHash: row.filterHash,
    // `create` is the only writer of this column.
    filter: row.filter as WalkFilter,
    createdAtMs: row.createdAt.getTime(),
    expiresAtMs: row.expiresAt.getTime(),
  };
}
