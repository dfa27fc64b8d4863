"use client";

import { type Query, useMutation, useQueryClient } from "@tanstack/react-query";
import type { Answer } from "@/lib/client/call";
import { apiKey } from "@/lib/client/api-query";
import { isOutcomeUnknown, type WebhookChange } from "./webhook-changes";
import type { Settlement } from "./webhook-settlement";

export interface ChangeControl<Data> {
  readonly run: (act: WebhookChange<Data>, onDone?: (answer: Answer<Data>) => void) => void;
  readonly isBusy: boolean;
  /** Why it did not happen; null while it is under way, done, or unknown. */
  readonly error: Error | null;
  /** Set while nobody knows whether it happened: what the screen has to settle first. */
  readonly unknown: UnknownChange | null;
  readonly reset: () => void;
}

export interface UnknownChange {
  readonly error: Error;
  /** Reads it again; the change itself is never repeated. */
  readonly settle: () => void;
  readonly isSettling: boolean;
  readonly settlement: Settlement | null;
  /** The re-reading failed. */
  readonly settleError: Error | null;
}

/** Lists of more pages than this are not read anew as a whole for one change; a person does that by the key for it. */
const pagesReread = 3;

function isCheap({ state }: Query): boolean {
  const { data } = state;
  const pages: unknown = typeof data === "object" && data !== null ? Reflect.get(data, "pages") : null;
  return !Array.isArray(pages) || pages.length <= pagesReread;
}

const isAbout = ({ queryKey }: Query, webhookId: string) => JSON.stringify(queryKey).includes(webhookId);

/**
 * Runs changes of webhooks, one after the other, each sent once. Nothing of them stays in the query cache: an act's input and answer
 * may come with secrets. What is shown of webhooks is read anew, after a failure too.
 */
export function useWebhookChange<Data>(org: string): ChangeControl<Data> {
  const client = useQueryClient();
  const onSettled = async (_data: unknown, error: Error | null, act: WebhookChange<Data>) => {
    const gone = error === null ? act.deletes : undefined;
    const predicate = (query: Query) => isCheap(query) && !(gone && isAbout(query, gone));
    // The figures take longer; nobody waits for them.
    void client.invalidateQueries({ queryKey: [org, "webhooks"], predicate });
    await client.invalidateQueries({ queryKey: apiKey(org, "webhooks.list", {}) });
  };
  const change = useMutation({
    gcTime: 0,
    retry: false,
    mutationFn: (act: WebhookChange<Data>) => act.send(),
    onSettled,
  });
  const reading = useMutation({
    gcTime: 0,
    retry: false,
    mutationFn: (act: WebhookChange<Data>) => act.settle(),
    onSettled,
  });
  const act = change.variables;
  const isUnknown = isOutcomeUnknown(change.error);
  return {
    run: (next, onDone) => {
      if (change.isPending) return;
      reading.reset();
      change.mutate(next, { onSuccess: onDone });
    },
    isBusy: change.isPending,
    error: isUnknown ? null : change.error,
    unknown:
      isUnknown && change.error && act
        ? {
            error: change.error,
            settle: () => {
              if (!reading.isPending) reading.mutate(act);
            },
            isSettling: reading.isPending,
            settlement: reading.data ?? null,
            settleError: reading.error,
          }
        : null,
    reset: () => {
      reading.reset();
      change.reset();
    },
  };
}
