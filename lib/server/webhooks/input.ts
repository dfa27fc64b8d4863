import "server-only";
import { z } from "zod";
import { dateTime, guid, sentence, short } from "@/lib/contract/inputs";
import { deliveryOutcomes, statusClasses } from "@/lib/domain/delivery-outcome";
import { reasonLength } from "@/lib/domain/webhook-notes";
import { webhookActs } from "@/lib/domain/webhook-state";

const mostChoices = 100;
const ids = z.array(guid.toLowerCase()).max(mostChoices);
const words = z.array(short(200).min(1)).max(mostChoices);

export const reasonInput = sentence(reasonLength.most)
  .trim()
  .min(reasonLength.least, `Say why, in ${reasonLength.least} characters or more.`);

export const stateInput = z.strictObject({ act: z.enum(webhookActs), reason: reasonInput });

export const deliveriesInput = z.strictObject({
  filter: z.strictObject({
    webhookIds: ids,
    from: dateTime.nullable(),
    to: dateTime.nullable(),
    outcomes: z.array(z.enum(deliveryOutcomes)).max(deliveryOutcomes.length),
    statusClasses: z.array(z.enum(statusClasses)).max(statusClasses.length),
    eventTypes: words,
    accountIds: ids,
    subject: short(200).nullable(),
    isTest: z.boolean().nullable(),
    isRedelivery: z.boolean().nullable(),
  }),
  pageSize: z.int().min(1).max(100),
  continuationToken: z.string().min(1).max(128_000).nullable(),
});
