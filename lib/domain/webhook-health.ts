import type { FailureCode } from "@/lib/errors";
import type { DeliveryHealth } from "./delivery-health";
import type { DisableForecast } from "./disable-forecast";
import type { WebhookState } from "./webhook-state";

/** Health of one webhook over the window, or why it is not known. */
export interface WebhookHealth {
  readonly webhookId: string;
  readonly state: WebhookState;
  /** Null: its log could not be read; `failure` says why. */
  readonly health: DeliveryHealth | null;
  readonly failure: { readonly code: FailureCode; readonly detail: string } | null;
  readonly forecast: DisableForecast;
}

/** `GET /api/<org>/webhooks/health`. */
export interface WebhookHealthView {
  /** ISO instant of the reading; several viewers share one. */
  readonly asOf: string;
  /** Window that was asked for. */
  readonly from: string;
  readonly to: string;
  readonly webhooks: readonly WebhookHealth[];
  /** Log rows that cannot be read, over all webhooks: they are in no count. */
  readonly unreadableRows: number;
  /** True: the person sees deliveries of some workspaces only, and every figure is over those. */
  readonly isLimited: boolean;
}
