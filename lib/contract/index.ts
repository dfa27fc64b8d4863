import { azure } from "./azure";
import { datasources } from "./datasources";
import { gamebooks } from "./gamebooks";
import { incidents } from "./incidents";
import { investigation } from "./investigation";
import type { Operation } from "./operation";
import { serviceAccounts } from "./service-accounts";
import { tickets } from "./tickets";
import { users } from "./users";
import { webhooks } from "./webhooks";

/**
 * The 60 upstream operations, by id. The proxy's routing, the typed client, query keys, the emulator's routing,
 * `docs/api.md` and the access tests derive from this one table; nobody writes an upstream path a second time.
 */
export const registry = {
  ...incidents,
  ...gamebooks,
  ...datasources,
  ...tickets,
  ...investigation,
  ...webhooks,
  ...serviceAccounts,
  ...users,
  ...azure,
} as const satisfies Record<string, Operation>;

export type OperationId = keyof typeof registry;
export type OperationOf<Id extends OperationId> = (typeof registry)[Id];

// Object.keys is typed as string[]; the registry is a literal without further keys.
export const operationIds = Object.keys(registry) as OperationId[];

export function isOperationId(text: string): text is OperationId {
  return Object.hasOwn(registry, text);
}

export type * from "./operation";
export type * from "./shapes/azure";
export type * from "./shapes/datasource";
export type * from "./shapes/gamebook";
export type * from "./shapes/incident";
export type * from "./shapes/investigation";
export type * from "./shapes/outcome";
export type * from "./shapes/service-account";
export type * from "./shapes/ticket";
export type * from "./shapes/user";
export type * from "./shapes/webhook";
