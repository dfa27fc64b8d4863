import { z } from "zod";

/** Which requests a fault concerns, and how often it strikes. All conditions must hold. */
const aim = {
  /** Chance per request, drawn from the seeded sequence; 1 when absent. */
  rate: z.number().min(0).max(1).optional(),
  /** Only this operation. */
  operation: z.string().optional(),
  /** Only requests for this workspace (in the path). For `leaveOut`: the workspace that is left out. */
  workspaceId: z.string().optional(),
  /** Strike this often, then be gone. */
  times: z.number().int().min(1).optional(),
};

const milliseconds = z.number().min(0).max(600_000);

export const faultSchema = z.discriminatedUnion("kind", [
  /** Answers this status with a problem document, before the operation does anything. */
  z.strictObject({ kind: z.literal("status"), status: z.number().int().min(400).max(599), ...aim }),
  /** Refuses the page tokens of a walk as if they had been modified. Strikes follow-up pages only. */
  z.strictObject({ kind: z.literal("rejectTokens"), ...aim }),
  /** Leaves a workspace (or one source of it) out of cross-workspace replies, without any sign. */
  z.strictObject({
    kind: z.literal("leaveOut"),
    source: z.string().optional(),
    ...aim,
    workspaceId: z.string(),
  }),
  /** A page of a walk without rows, while its tokens stay where they were and more is promised. */
  z.strictObject({ kind: z.literal("emptyPage"), ...aim }),
  /** Waits before answering: log-normal with this median and 99th percentile. */
  z.strictObject({ kind: z.literal("latency"), p50Ms: milliseconds, p99Ms: milliseconds.optional(), ...aim }),
  /** 429 with Retry-After: seconds, or the given text as it is. */
  z.strictObject({
    kind: z.literal("retryAfter"),
    seconds: z.number().min(0).optional(),
    text: z.string().optional(),
    ...aim,
  }),
  /** Resets the connection: before anything is done (`start`, the default), when all is done and nothing sent, or in the middle of the body. */
  z.strictObject({ kind: z.literal("reset"), after: z.enum(["start", "done", "half"]).optional(), ...aim }),
  /** Sends the body a few bytes at a time. */
  z.strictObject({
    kind: z.literal("slowBody"),
    bytes: z.number().int().min(1).optional(),
    everyMs: milliseconds.optional(),
    ...aim,
  }),
  /** A gateway's HTML page in place of JSON. */
  z.strictObject({ kind: z.literal("html"), status: z.number().int().min(200).max(599).optional(), ...aim }),
  /** Enumerations hold words nobody has documented. */
  z.strictObject({ kind: z.literal("unknownEnums"), ...aim }),
  /** Lists are null where they are empty, and some where they are not declared to be. */
  z.strictObject({ kind: z.literal("nullLists"), ...aim }),
  /** Whole numbers come as texts. */
  z.strictObject({ kind: z.literal("digitStrings"), ...aim }),
  /** Objects carry members that nobody has documented. */
  z.strictObject({ kind: z.literal("extraFields"), ...aim }),
  /** Whatever people or rules could have written is these texts, one after the other: titles, comments, names, and words of enumerations too. */
  z.strictObject({ kind: z.literal("texts"), texts: z.array(z.string()).min(1).max(1_000), ...aim }),
  /** `rate` is the share of rows (not of requests) that lose their id. */
  z.strictObject({ kind: z.literal("badRow"), ...aim }),
  /** Takes the request and never answers. */
  z.strictObject({ kind: z.literal("hang"), ...aim }),
  /** Declares the whole length, sends half of it and closes. */
  z.strictObject({ kind: z.literal("truncate"), ...aim }),
  /** Answers guessed shapes in their other form (see `guesses.ts`). */
  z.strictObject({ kind: z.literal("alternateShapes"), ...aim }),
]);

export type FaultInput = z.infer<typeof faultSchema>;
export type FaultKind = FaultInput["kind"];
export type FaultOf<K extends FaultKind> = Extract<FaultInput, { kind: K }>;

/** A list of faults, or a single one. */
export const faultListSchema = z.preprocess(
  (body) => (Array.isArray(body) ? (body as unknown[]) : [body]),
  z.array(faultSchema),
);
