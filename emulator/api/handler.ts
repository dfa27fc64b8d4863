import type { z } from "zod";
import type { OperationId, OperationOf } from "@/lib/contract";
import type { Credential, ServiceAccount } from "../accounts/account";
import type { FaultScene } from "../faults/faults";
import type { Instant } from "../time/clock";
import type { Workspace } from "../world/model";
import type { Realm, World } from "../world/world";

type BodyOutput<Id extends OperationId> = OperationOf<Id>["body"] extends z.ZodType
  ? z.output<OperationOf<Id>["body"]>
  : null;

/** One authorised and validated call of an operation. */
export interface Call<Id extends OperationId> {
  readonly world: World;
  readonly realm: Realm;
  readonly account: ServiceAccount;
  readonly credential: Credential;
  /** Workspaces that the account has any role on, in the organisation's order. */
  readonly visible: readonly Workspace[];
  /** The workspace of the path; `null` for calls that name none. */
  readonly workspace: OperationOf<Id>["tenancy"] extends "path" ? Workspace : null;
  readonly params: z.output<OperationOf<Id>["params"]>;
  readonly query: z.output<OperationOf<Id>["query"]>;
  readonly body: BodyOutput<Id>;
  readonly now: Instant;
  readonly scene: FaultScene;
  /** True when guessed shapes are to be answered in their other form (see `guesses.ts`). */
  readonly alternate: boolean;
}

/** `data` of the envelope and the status; a 204 has no envelope. */
export interface Outcome {
  readonly status: 200 | 201 | 204;
  readonly data: unknown;
}

export type Handler<Id extends OperationId> = (call: Call<Id>) => Outcome | Promise<Outcome>;

/** A handler for each operation of the registry; a new entry without one does not compile. */
export type Handlers = { readonly [Id in OperationId]: Handler<Id> };

/** Handlers of one domain, by prefix of the operation id. */
export type HandlersOf<Prefix extends string> = {
  readonly [Id in Extract<OperationId, `${Prefix}.${string}`>]: Handler<Id>;
};

export function ok(data: unknown): Outcome {
  return { status: 200, data };
}

export function created(data: unknown): Outcome {
  return { status: 201, data };
}

export function noContent(): Outcome {
  return { status: 204, data: null };
}
