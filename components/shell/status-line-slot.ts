"use client";

import type { ReactNode } from "react";
import { createSlot } from "./slot";

export interface StatusLineContent {
  /**
   * `live`: all of it is current. `busy`: it is being read. `partial`: some of it could not be read.
   * `failed`: none of it could. `idle`: nothing is read here.
   */
  readonly tone: "live" | "busy" | "partial" | "failed" | "idle";
  /** One line, such as "38 of 40 workspaces current · Contoso, Fabrikam not read since 14:02". */
  readonly summary: ReactNode;
  /** Who is missing and why; unfolds above the line. */
  readonly details?: ReactNode;
  /** Spoken by screen readers when it changes. Set it for turns of events, not for each step. */
  readonly announce?: string;
}

const slot = createSlot<StatusLineContent>();
const access = { set: slot.set } as const;

/**
 * The line at the foot of every page. `set` is the same function always, so it may stand in an effect's list;
 * set null when the page leaves.
 */
export function useStatusLine(): { readonly set: (content: StatusLineContent | null) => void } {
  return access;
}

/** What the page on show says, for the frame. */
export const useStatusContent = slot.useValue;
