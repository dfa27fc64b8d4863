import "server-only";
import { z } from "zod";
import { dateTime, guid, short } from "@/lib/contract/inputs";
import { statusClasses } from "@/lib/domain/delivery-outcome";
import { recoveryItemStates, recoveryRate } from "@/lib/domain/recovery";
import { reasonInput } from "@/lib/server/webhooks/input";

const perMinute = z.int().min(recoveryRate.least).max(recoveryRate.most);

export const planInput = z
  .strictObject({
    webhookIds: z.array(guid.toLowerCase()).min(1, "Choose a webhook.").max(50),
    from: dateTime,
    to: dateTime,
    eventTypes: z.array(short(200).min(1)).max(100),
    accountIds: z.array(guid.toLowerCase()).max(1_000),
    statusClasses: z.array(z.enum(statusClasses)).max(statusClasses.length),
    perMinute,
    reason: reasonInput,
  })
  .refine(({ from, to }) => Date.parse(from) <= Date.parse(to), {
    path: ["to"],
    message: "The end lies before the beginning.",
  })
  .transform((input) => ({ ...input, webhookIds: [...new Set(input.webhookIds)] }));

export const changeInput = z.strictObject({
  act: z.enum(["start", "stop", "resume"]),
  perMinute: perMinute.optional(),
});

export const itemsQuery = z.strictObject({
  state: z.enum(recoveryItemStates).optional(),
  after: z.coerce.number().int().min(0).optional(),
});
