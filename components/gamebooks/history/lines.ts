"use client";

import { createContext, useContext } from "react";
import type { Gamebook } from "@/lib/contract/shapes/gamebook";
import { runKey } from "@/lib/domain/gamebook-run";
import type { GamebookLine } from "@/lib/domain/gamebook-view";

interface Lines {
  readonly byKey: ReadonlyMap<string, GamebookLine>;
  readonly toggle: (chainKey: string) => void;
}

/**
 * What a line is beside its run. The rows of the list are the runs themselves: a line is made anew whenever a page comes, and the
 * list would take that for news about the run.
 */
const LinesContext = createContext<Lines>({ byKey: new Map(), toggle: () => undefined });
export const LinesProvider = LinesContext.Provider;

export function useLine(run: Gamebook): {
  readonly line: GamebookLine | undefined;
  readonly toggle: (chainKey: string) => void;
} {
  const { byKey, toggle } = useContext(LinesContext);
  return { line: byKey.get(runKey(run)), toggle };
}
