"use client";

import { type ReactNode, useEffect } from "react";
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

/**
 * Puts what the page rests on into the line at the foot while the component is on the page; null: nothing yet. Give `details` that
 * stay the same object while they say the same, else the line is set with each drawing.
 */
export function useStatusLine(content: StatusLineContent | null): void {
  const isSet = content !== null;
  const { tone = "idle", summary, details, announce } = content ?? {};
  useEffect(() => {
    slot.set(isSet ? { tone, summary, details, announce } : null);
  }, [isSet, tone, summary, details, announce]);
  // Apart from the above: between two contents the line does not fall silent, and says nothing twice.
  useEffect(() => () => slot.set(null), []);
}

/** What the page on show says, for the frame. */
export const useStatusContent = slot.useValue;
