import { z } from "zod";
import { type OperationId, registry } from "@/lib/contract";

/** The registry lets only https addresses out; the emulator also delivers to plain http, because it stays on loopback. */
const webhookUrl = z.url({ protocol: /^https?$/ }).max(2_048);

/** The two other spellings in which an assignment may come: the workspace by its own name, the users as a list of ids. */
function spellAssignment(json: unknown): unknown {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return json;
  const { accountId, workspaceId, users, userIds, role } = json as Record<string, unknown>;
  const fromIds = Array.isArray(userIds) ? userIds.map((userId: unknown) => ({ userId, role })) : undefined;
  return { accountId: accountId ?? workspaceId, users: users ?? fromIds };
}

const own: Partial<Record<OperationId, z.ZodType>> = {
  "webhooks.create": registry["webhooks.create"].body.extend({ url: webhookUrl }),
  "webhooks.update": registry["webhooks.update"].body.extend({ url: webhookUrl.nullable().optional() }),
  "users.assign": z.preprocess(spellAssignment, registry["users.assign"].body),
};

/** Schema of an operation's body, `null` when it takes none. */
export function bodySchemaOf(id: OperationId): z.ZodType | null {
  return own[id] ?? registry[id].body;
}
