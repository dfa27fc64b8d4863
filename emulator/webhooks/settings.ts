import { z } from "zod";

const ms = z.number().min(0).max(86_400_000);

/** How deliveries behave; all of it unknown of the real service, so all of it can be set. */
export const webhookSettingsSchema = z.strictObject({
  /** Waits before the attempts, by the emulator's clock; their number is the number of attempts. */
  retryMs: z.array(ms).min(1).max(20).optional(),
  /** How long a receiver may take, in real time. */
  timeoutMs: ms.optional(),
  /** So many failed events in a row disable a webhook. */
  disableAfter: z.number().int().min(1).optional(),
  /** Signature profile per event type, over the documented ones. */
  profiles: z.record(z.string(), z.enum(["A", "B"])).optional(),
  /** Added to the time that is signed, to try a receiver's freshness check. */
  timestampSkewMs: z.number().optional(),
  /** True changes each signature, to try a receiver's check. */
  spoilSignatures: z.boolean().optional(),
});

export type WebhookSettings = z.infer<typeof webhookSettingsSchema>;

export const defaultSettings: Required<WebhookSettings> = {
  retryMs: [0, 10_000, 60_000, 300_000, 1_800_000],
  timeoutMs: 10_000,
  disableAfter: 10,
  profiles: {},
  timestampSkewMs: 0,
  spoilSignatures: false,
};
