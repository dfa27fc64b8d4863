"use client";

import { createContext, type ReactNode, useContext } from "react";

const NamesContext = createContext<ReadonlyMap<string, string>>(new Map());

export interface WebhookNamesProps {
  /** By webhook id. */
  readonly names: ReadonlyMap<string, string>;
  readonly children: ReactNode;
}

/** Names of the webhooks whose deliveries are listed; rows carry their ids only. */
export function WebhookNames({ names, children }: WebhookNamesProps) {
  return <NamesContext value={names}>{children}</NamesContext>;
}

/** The name, or the beginning of the id while nobody knows it. */
export function useWebhookName(id: string): string {
  return useContext(NamesContext).get(id) ?? id.slice(0, 8);
}
