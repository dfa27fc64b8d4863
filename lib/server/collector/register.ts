import "server-only";
import { pruneEvents } from "@/lib/server/live/log";
import { finishReading } from "@/lib/server/register/finish-reading";
import { beginReading } from "@/lib/server/register/reading";
import { recordRecheck, recordRows } from "@/lib/server/register/record";
import { dueForRecheck, pruneRegister } from "@/lib/server/register/upkeep";

/** What of the register, and of the log of its events, a collector writes, in its own transactions; a test puts something beside it. */
export const databaseRegister = {
  beginReading,
  recordRows,
  finishReading,
  dueForRecheck,
  recordRecheck,
  pruneRegister,
  pruneEvents,
};

export type Register = typeof databaseRegister;
