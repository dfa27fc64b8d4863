import { recoveryRate, type RecoveryRequest } from "@/lib/domain/recovery";
import { reasonFault } from "../form-checks";

/** The plan as a person fills it in. */
export interface PlanFields {
  readonly webhookIds: readonly string[];
  /** Milliseconds since 1970; null while a field is not a time. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly statusClasses: RecoveryRequest["statusClasses"];
  readonly perMinute: string;
  readonly reason: string;
}

export type PlanField = "webhookIds" | "to" | "perMinute" | "reason";
export const planFieldNames = ["webhookIds", "from", "to", "statusClasses", "perMinute", "reason"] as const;

const webhooksMost = 50;

/** A rate as a number; null when it is none that a job may have. */
export function readRate(text: string): number | null {
  if (!/^\d+$/.test(text.trim())) return null;
  const rate = Number(text);
  return rate >= recoveryRate.least && rate <= recoveryRate.most ? rate : null;
}

export const rateFault = (text: string): string | null =>
  readRate(text) === null ? `A whole number from ${recoveryRate.least} to ${recoveryRate.most}.` : null;

/** What is wrong, by field. @param rangeFault what is wrong with the two times, if anything */
export function planFaults(
  fields: PlanFields,
  rangeFault: string | null,
): Partial<Record<PlanField, string>> {
  const faults: Partial<Record<PlanField, string>> = {};
  if (fields.webhookIds.length === 0) faults.webhookIds = "Choose at least one webhook.";
  else if (fields.webhookIds.length > webhooksMost)
    faults.webhookIds = `Choose at most ${webhooksMost} webhooks.`;
  if (rangeFault !== null) faults.to = rangeFault;
  const rate = rateFault(fields.perMinute);
  if (rate !== null) faults.perMinute = rate;
  const reason = reasonFault(fields.reason);
  if (reason !== null) faults.reason = reason;
  return faults;
}

/** The request; only for fields without faults. */
export function planRequest(fields: PlanFields): RecoveryRequest {
  return {
    webhookIds: [...fields.webhookIds],
    from: new Date(fields.fromMs ?? 0).toISOString(),
    to: new Date(fields.toMs ?? 0).toISOString(),
    eventTypes: [],
    accountIds: [],
    statusClasses: [...fields.statusClasses],
    perMinute: readRate(fields.perMinute) ?? recoveryRate.usual,
    reason: fields.reason.trim(),
  };
}
