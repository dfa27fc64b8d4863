import type { z } from "zod";
import type { Permission } from "./permission";
import type { ReplySchema } from "./readers";

export type Method = "GET" | "POST" | "PUT" | "DELETE";

/**
 * May the same call be sent again on its own after a failure?
 * `read`: yes, within the retry budget. `idempotent`: once. `once`: never, the outcome is reported as unknown.
 * The HTTP method does not tell: the incident list is a POST that reads.
 */
export type Repeat = "read" | "idempotent" | "once";

/**
 * Where the tenant of a call is decided.
 * `path`: the workspace is a path parameter and is checked before the call.
 * `rows`: the reply mixes workspaces; a server filter removes the rows that the person may not see.
 * `organization`: no workspace is involved; the organisation-level permission decides.
 */
export type Tenancy = "path" | "rows" | "organization";

/** How sure we are of the reply's shape: read in the vendor's documentation, or proposed by us (see `docs/api.md`). */
export type Certainty = "documented" | "guess";

/** One upstream operation, as data. No member has a default: a missing decision does not compile. */
export interface Operation {
  readonly method: Method;
  /** Path below the base address, with `{name}` for each parameter. */
  readonly path: `/${string}`;
  /** Scope that the service-account credential needs upstream. `null` where the vendor does not say. */
  readonly scope: string | null;
  readonly kind: "query" | "mutation";
  readonly repeat: Repeat;
  readonly tenancy: Tenancy;
  /** What the person at the screen must hold. */
  readonly permission: Permission;
  /** True where upstream writes an audit trace: only a person's act may start such a read. */
  readonly audited: boolean;
  readonly certainty: Certainty;
  /** Path parameters (exact, in). Every `{name}` of `path` must be a key. */
  readonly params: z.ZodObject;
  /** Query parameters with upstream's spelling (exact, in). */
  readonly query: z.ZodObject;
  /** Request body (exact, in), or `null` when upstream takes none. */
  readonly body: z.ZodType | null;
  /** The value of the envelope's `data` (tolerant in, exact out). */
  readonly reply: ReplySchema;
  /** One sentence for people. */
  readonly summary: string;
}

/** The names in braces of a path template. */
export type PathNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PathNames<Rest>
  : never;

type ParamNames<O extends Operation> = keyof O["params"]["shape"];

/** `unknown` when path template and params schema name the same parameters, else an object nobody can supply. */
type PathFits<O extends Operation> = [PathNames<O["path"]>, ParamNames<O>] extends [
  ParamNames<O>,
  PathNames<O["path"]>,
]
  ? unknown
  : { readonly "path and params must name the same parameters": never };

/** Keeps the literal types of an entry while checking that nothing is missing and that path and params agree. */
export function defineOperation<const O extends Operation>(operation: O & PathFits<O>): O {
  return operation;
}

export type ParamsOf<O extends Operation> = z.input<O["params"]>;
export type QueryOf<O extends Operation> = z.input<O["query"]>;
export type BodyOf<O extends Operation> = O["body"] extends z.ZodType ? z.input<O["body"]> : undefined;
export type ReplyOf<O extends Operation> = z.output<O["reply"]>;
