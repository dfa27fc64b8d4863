import type { FailureCode } from "@/lib/errors";
import type { ConfirmBy } from "./members";

/** A credential as it is shown: never its secret, of its client id the last four characters. */
export interface CredentialView {
  /** Our own id, to say which one is meant. */
  readonly id: string;
  readonly clientIdEnd: string;
  /** ISO time. */
  readonly enteredAt: string;
}

/** The second credential during a rotation. */
export interface BesideView extends CredentialView {
  /** `waiting`: entered and accepted, not in use yet. `replaced`: was in use until `replacedAt`. */
  readonly state: "waiting" | "replaced";
  readonly replacedAt: string | null;
  /** ISO time from which no call can be using it any more; null while it waits. */
  readonly retireFrom: string | null;
}

/** What the organisation's calls met last, over all instances. */
export interface ConnectionHealth {
  readonly lastSuccessAt: string | null;
  readonly lastFailure: {
    readonly at: string;
    readonly code: FailureCode;
    /** Operation id. */
    readonly operation: string;
    readonly upstreamRequestId: string | null;
  } | null;
}

/** `GET /api/<org>/connection`. */
export interface ConnectionView {
  /** Null: nobody has connected the organisation yet. */
  readonly connection: {
    readonly baseUrl: string;
    /** The environment has the last word at each start until this page was used. */
    readonly managedBy: "environment" | "page";
    readonly current: CredentialView;
    readonly beside: BesideView | null;
  } | null;
  readonly health: ConnectionHealth;
  readonly confirmBy: ConfirmBy;
}

/** `GET /api/<org>/portal`: what people without the administration may know of the connection. */
export interface PortalView {
  /** Origin of ContraForce's portal, the address's alone; null while the organisation is not connected. */
  readonly origin: string | null;
}

/** After this time no call of any instance can be using a replaced credential: kept connections 2 s, the longest call 30 s, and a margin. */
export const retireAfterMs = 60_000;
