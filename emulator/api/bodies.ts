import { z } from "zod";
import { type OperationId, registry } from "@/lib/contract";

/** The registry lets only https addresses out; the emulator also delivers to plain http, because it stays on loopback. */
const webhookUrl = z.url({ protocol: /^https?$/ }).max(2_048);

const own: Partial<Record<OperationId, z.ZodType>> = {
  "webhooks.create": registry["webhooks.create"].body.extend({ url: webhookUrl }),
  "webhooks.update": registry["webhooks.update"].body.extend({ url: webhookUrl.nullable().optional() }),
};

/** Schema of an operation's body, `null` when it takes none. */
export function bodySchemaOf(id: OperationId): z.ZodType | null {
  return own[id] ?? registry[id].body;
}
