import "server-only";
import { finishReading } from "@/lib/server/register/finish-reading";
import { beginReading } from "@/lib/server/register/reading";
import { recordRecheck, recordRows } from "@/lib/server/register/record";
import { dueForRecheck, pruneRegister } from "@/lib/server/register/upkeep";

/** What of the register a collector writes, in its own transactions; a test puts something beside it. */
export const databaseRegister = {
  beginReading,
  recordRows,
  finishReading,
  dueForRecheck,
  recordRecheck,
  pruneRegister,
};

export type Register = typeof databaseRegister;
