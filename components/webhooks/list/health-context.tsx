"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { WebhookHealth } from "@/lib/domain/webhook-health";

interface KnownHealth {
  readonly byId: ReadonlyMap<string, WebhookHealth>;
  /** The first reading is on its way. */
  readonly isReading: boolean;
}

const HealthContext = createContext<KnownHealth>({ byId: new Map(), isReading: false });

/**
 * The figures beside the webhooks. They come by another reading than the rows, and anew each minute: in a context a new
 * reading redraws cells and leaves the rows what they were.
 */
export function HealthProvider({
  known,
  children,
}: {
  readonly known: KnownHealth;
  readonly children: ReactNode;
}) {
  return <HealthContext value={known}>{children}</HealthContext>;
}

export function useHealthOf(webhookId: string): {
  readonly health: WebhookHealth | null;
  readonly isReading: boolean;
} {
  const { byId, isReading } = useContext(HealthContext);
  return { health: byId.get(webhookId) ?? null, isReading };
}
