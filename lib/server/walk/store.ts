import "server-only";
import type { WalkFilter } from "@/lib/domain/walk";
import type { Observations } from "../workspaces";

/** A walk: one person reading one filter through one credential. */
export interface WalkRecord {
  readonly id: string;
  readonly organisationId: string;
  readonly personId: string;
  readonly sessionId: string;
  readonly credentialId: string;
  readonly filterHash: string;
  /** In canonical form; sent to upstream unchanged on every page. */
  readonly filter: WalkFilter;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
}

/** One step as it is kept: the page that the browser got, and what the following step needs (both packed). */
export interface StepRecord {
  readonly step: number;
  readonly page: Uint8Array;
  readonly next: Uint8Array;
}

export interface StoredStep {
  readonly walk: WalkRecord;
  /** The step's page; null while it has not been made. */
  readonly page: Uint8Array | null;
  /** What the step before handed over; null when that step is unknown. */
  readonly previous: Uint8Array | null;
}

/** Walks of one person kept at most; starting one more drops the oldest. */
export const walksPerPerson = 10;

/**
 * Where walks live between their steps. Each method is one transaction and one tenant's.
 * `observed` goes to the registry in that same transaction.
 */
export interface WalkStore {
  /** Keeps a new walk with its step 0; drops expired walks and the person's oldest ones beyond `walksPerPerson`. */
  create(walk: WalkRecord, first: StepRecord, observed: Observations): Promise<void>;
  /** The walk and a step of it; null when the walk is unknown or has expired. */
  read(organisationId: string, walkId: string, step: number, nowMs: number): Promise<StoredStep | null>;
  /**
   * Keeps a further step, unless somebody else was faster: the page that counts is returned either way.
   * `spent` replaces what the step before handed over. Null when the walk has been dropped meanwhile.
   */
  append(append: StepAppend): Promise<Uint8Array | null>;
  /** What the steps `from` … `to` (inclusive) handed over, in order. */
  handovers(organisationId: string, walkId: string, from: number, to: number): Promise<readonly Uint8Array[]>;
}

export interface StepAppend {
  readonly walk: WalkRecord;
  readonly record: StepRecord;
  readonly spent: Uint8Array;
  readonly expiresAtMs: number;
  readonly nowMs: number;
  readonly observed: Observations;
}
