import type { OperationId } from "@/lib/contract";
import type { Repeat } from "@/lib/contract/operation";

/** How long one call may take and how much it may bring. Times in milliseconds. */
export interface Budget {
  /** From the first attempt to the last byte, retries and waiting included. */
  readonly totalMs: number;
  /** From the moment the request is on the wire to the status line of the reply, per attempt. */
  readonly headersMs: number;
  /** Longest silence between two pieces of the body. */
  readonly idleBodyMs: number;
  /** Largest body, counted after decompression. */
  readonly maxBodyBytes: number;
}

const MEGABYTE = 1024 * 1024;

const standard: Budget = {
  totalMs: 12_000,
  headersMs: 5_000,
  idleBodyMs: 5_000,
  maxBodyBytes: 10 * MEGABYTE,
};

/** Upstream asks a SIEM, Entra or Azure while we wait: one patient attempt is worth more than two short ones. */
const asksElsewhere: Budget = { ...standard, headersMs: 10_000 };

/** Fans out to every workspace's SIEM; the vendor's own samples wait 30 s for such calls. */
const acrossWorkspaces: Budget = { ...standard, totalMs: 30_000, headersMs: 25_000 };

/** A page of the walk carries the tokens of every workspace beside its rows: megabytes with 500 workspaces. */
const walkPage: Budget = { ...acrossWorkspaces, maxBodyBytes: 32 * MEGABYTE };

/** A change that is cut short leaves its outcome unknown, so it may take its time to answer. */
const mutation: Budget = { ...standard, headersMs: 10_000 };

const budgets: Partial<Record<OperationId, Budget>> = {
  "incidents.acrossWorkspaces": walkPage,
  "gamebooks.acrossHistory": acrossWorkspaces,
  "datasources.acrossWorkspaces": acrossWorkspaces,
  "datasources.anomalies": acrossWorkspaces,
  "incidents.get": asksElsewhere,
  "incidents.evidence": asksElsewhere,
  "incidents.comments": asksElsewhere,
  "incidents.byEntity": asksElsewhere,
  "investigation.signinLogs": asksElsewhere,
  "investigation.directoryLogs": asksElsewhere,
  "tickets.search": asksElsewhere,
  "azure.subscriptions": asksElsewhere,
  "azure.isOwner": asksElsewhere,
  "azure.networkSecurityGroups": asksElsewhere,
  "azure.resourceGroups": asksElsewhere,
  "azure.workspaces": asksElsewhere,
  "azure.sentinels": asksElsewhere,
  "azure.validate": asksElsewhere,
};

/** Every number of the upstream client (RELIABILITY section 3), in one place. Times in milliseconds. */
export interface Policy {
  readonly budgetOf: (id: OperationId, kind: "query" | "mutation") => Budget;
  readonly connectMs: number;
  /** Attempts after the first, by `repeat` class. */
  readonly retries: Readonly<Record<Repeat, number>>;
  /** Pause before retry n: a random share of `min(longestMs, firstMs × growth^(n-1))`, never under `shortestMs`. */
  readonly backoff: {
    /** With less time than this left after the pause a retry is not worth its price. */
    readonly worthwhileMs: number;
    readonly shortestMs: number;
    readonly firstMs: number;
    readonly growth: number;
    readonly longestMs: number;
  };
  /** Retries are paid from a fund that successes fill. It decides availability at 30 % failures (97 % with 0.5). */
  readonly bucket: { readonly capacity: number; readonly perSuccess: number; readonly perRetry: number };
  readonly bulkhead: { readonly running: number; readonly queued: number; readonly waitMs: number };
  readonly breaker: {
    readonly windowMs: number;
    /** Below this many calls in the window a share says nothing: 20 calls would trip by chance at 30 % failures. */
    readonly minimumCalls: number;
    readonly failureShare: number;
    readonly failuresInARow: number;
    readonly firstProbeMs: number;
    readonly longestProbeMs: number;
  };
  /** Waiting times after a 429. */
  readonly coolDown: {
    /** When upstream names no usable time: doubled with each 429 in a row. */
    readonly unnamedMs: number;
    readonly longestUnnamedMs: number;
    /** A named time is obeyed up to here; a slip of the pen upstream must not lock a tenant out for years. */
    readonly longestNamedMs: number;
    /** Callers that waited leave one after the other over this time. */
    readonly spreadMs: number;
  };
}

export const policy: Policy = {
  budgetOf: (id, kind) => budgets[id] ?? (kind === "mutation" ? mutation : standard),
  connectMs: 2_000,
  retries: { read: 2, idempotent: 1, once: 0 },
  backoff: { worthwhileMs: 250, shortestMs: 100, firstMs: 500, growth: 4, longestMs: 2_000 },
  bucket: { capacity: 20, perSuccess: 0.5, perRetry: 1 },
  bulkhead: { running: 40, queued: 50, waitMs: 2_000 },
  breaker: {
    windowMs: 30_000,
    minimumCalls: 50,
    failureShare: 0.5,
    failuresInARow: 15,
    firstProbeMs: 5_000,
    longestProbeMs: 60_000,
  },
  coolDown: { unnamedMs: 1_000, longestUnnamedMs: 60_000, longestNamedMs: 3_600_000, spreadMs: 250 },
};
