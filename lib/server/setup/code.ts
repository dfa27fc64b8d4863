import "server-only";
import { createHash, randomInt, timingSafeEqual } from "node:crypto";
import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/lib/server/db/database";
import { instanceSettings } from "@/lib/server/db/schema/platform";

const key = "setup.code";
/** Without letters and digits that look alike. 16 of 31 make 79 bits. */
const alphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
const mostTries = 5;

const stored = z.object({ hash: z.string(), triesLeft: z.number().int() });

function digest(code: string): Buffer {
  // Typed with or without the hyphens, in either case.
  return createHash("sha256")
    .update(code.toUpperCase().replace(/[^A-Z0-9]/g, ""))
    .digest();
}

/** A new one-time code in groups of four. Only its hash is kept; an earlier code is worth nothing from now on. */
export async function renewSetupCode(tx: Tx): Promise<string> {
  const letters = Array.from({ length: 16 }, () => alphabet[randomInt(alphabet.length)]).join("");
  const value = { hash: digest(letters).toString("hex"), triesLeft: mostTries };
  await tx
    .insert(instanceSettings)
    .values({ key, value })
    .onConflictDoUpdate({ target: instanceSettings.key, set: { value, updatedAt: new Date() } });
  return letters.replace(/(.{4})(?=.)/g, "$1-");
}

/** `spent`: there is no code any more, because it was used or tried too often. */
export type CodeCheck = "right" | "wrong" | "spent";

/**
 * Compares a code with the one in force and counts a wrong one; the fifth burns it. The row is locked until the transaction ends, so
 * guesses that arrive together are counted one by one. The caller must commit even when the code was wrong.
 */
export async function checkSetupCode(tx: Tx, given: string): Promise<CodeCheck> {
  const [row] = await tx.select().from(instanceSettings).where(eq(instanceSettings.key, key)).for("update");
  const current = row ? stored.parse(row.value) : null;
  if (!current || current.triesLeft <= 0) return "spent";
  if (timingSafeEqual(digest(given), Buffer.from(current.hash, "hex"))) return "right";
  const value = { ...current, triesLeft: current.triesLeft - 1 };
  await tx.update(instanceSettings).set({ value }).where(eq(instanceSettings.key, key));
  return "wrong";
}

/** Burns the code after use. */
export async function burnSetupCode(tx: Tx): Promise<void> {
  await tx.delete(instanceSettings).where(eq(instanceSettings.key, key));
}
