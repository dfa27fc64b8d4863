import "server-only";
import { createHash } from "node:crypto";
import { and, eq, gt, lt, ne, or, sql } from "drizzle-orm";
import type { Tx } from "@/lib/server/db/database";
import { signInAttempts } from "@/lib/server/db/schema/platform";

/** Unsuccessful sign-ins within a minute (RELIABILITY SEC-14). */
export const signInLimits = { windowMs: 60_000, perAccount: 5, perAddress: 30 } as const;

/** Attempts older than this are of no use to anybody. */
const keepMs = 24 * 3_600_000;

export type Admission =
  | { readonly admitted: true; readonly attemptId: number }
  /** `isFirst`: nobody was turned away for this account and address in this window yet; worth an audit row. */
  | { readonly admitted: false; readonly isFirst: boolean };

/** How an account is named in the table of attempts. */
export function accountKey(email: string): string {
  return createHash("sha256").update(email).digest("hex");
}

/**
 * Asks for leave to check a password. The attempt is counted before the password is looked at, so of any number that arrive together no
 * more than the limit are checked; a success is taken back by `forgiveAttempt`. Runs in a transaction of `withPlatform` of its own: when
 * that fails, nobody is admitted. Null for the account (not known before a provider was asked): the address alone counts, until
 * `claimAttempt` names one.
 */
export async function admitAttempt(
  tx: Tx,
  known: string | null,
  address: string,
  now: Date,
): Promise<Admission> {
  const account = known ?? accountKey(`not known yet, at ${address}`);
  // Always in this order, account before address, so that two attempts never wait for each other.
  for (const key of [`account:${account}`, `address:${address}`])
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`sign-in:${key}`}, 0))`);
  await tx.delete(signInAttempts).where(lt(signInAttempts.at, new Date(now.getTime() - keepMs)));
  const recent = await tx
    .select()
    .from(signInAttempts)
    .where(
      and(
        gt(signInAttempts.at, new Date(now.getTime() - signInLimits.windowMs)),
        ne(signInAttempts.outcome, "succeeded"),
        or(eq(signInAttempts.account, account), eq(signInAttempts.address, address)),
      ),
    );
  const tried = recent.filter((attempt) => attempt.outcome === "tried");
  const isOver =
    (known !== null &&
      tried.filter((attempt) => attempt.account === account).length >= signInLimits.perAccount) ||
    tried.filter((attempt) => attempt.address === address).length >= signInLimits.perAddress;
  const isRepeated = recent.some(
    (attempt) => attempt.outcome === "limited" && attempt.account === account && attempt.address === address,
  );
  // A flood leaves one row per minute, not one per request.
  if (isOver && isRepeated) return { admitted: false, isFirst: false };
  const [row] = await tx
    .insert(signInAttempts)
    .values({ account, address, at: now, outcome: isOver ? "limited" : "tried" })
    .returning({ id: signInAttempts.id });
  if (!row) throw new Error("The attempt was not counted.");
  return isOver ? { admitted: false, isFirst: true } : { admitted: true, attemptId: row.id };
}

/**
 * Says whose attempt it was, where that is known only after leave was given (a provider names the person last). False when the account is
 * over its limit by now. Runs in a transaction of `withPlatform`, like `admitAttempt`.
 */
export async function claimAttempt(tx: Tx, attemptId: number, account: string, now: Date): Promise<boolean> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`sign-in:account:${account}`}, 0))`);
  await tx.update(signInAttempts).set({ account }).where(eq(signInAttempts.id, attemptId));
  const tried = await tx
    .select({ id: signInAttempts.id })
    .from(signInAttempts)
    .where(
      and(
        gt(signInAttempts.at, new Date(now.getTime() - signInLimits.windowMs)),
        eq(signInAttempts.outcome, "tried"),
        eq(signInAttempts.account, account),
      ),
    );
  return tried.length <= signInLimits.perAccount;
}

/** Takes a successful attempt out of the count. */
export async function forgiveAttempt(tx: Tx, attemptId: number): Promise<void> {
  await tx.update(signInAttempts).set({ outcome: "succeeded" }).where(eq(signInAttempts.id, attemptId));
}
