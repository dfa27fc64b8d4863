"use client";

import { X } from "lucide-react";
import { useSyncExternalStore } from "react";
import { Button } from "./button";
import { CopyButton } from "./copy-button";
import { IconButton } from "./icon-button";

export interface ToastOptions {
  /** `danger` stays until it is dismissed. */
  readonly tone?: "neutral" | "danger";
  readonly action?: { readonly label: string; readonly run: () => void };
  /** Upstream's id of the request that did it (`meta.requestId`): what its support asks for. Shown, with a button to copy it. */
  readonly requestId?: string | null;
}

interface ToastEntry extends ToastOptions {
  readonly id: number;
  readonly message: string;
}

/** Milliseconds that a neutral toast stays; twice as long with something to press, so that it can be reached. */
const stayMs = 6000;

let entries: readonly ToastEntry[] = [];
let lastId = 0;
const listeners = new Set<() => void>();
const none: readonly ToastEntry[] = [];

function change(next: readonly ToastEntry[]): void {
  entries = next;
  for (const listener of listeners) listener();
}

function dismiss(id: number): void {
  change(entries.filter((entry) => entry.id !== id));
}

/** Says something in passing, at the foot of the page. Failures that matter belong into a Callout at their place. */
export function toast(message: string, options: ToastOptions = {}): void {
  lastId += 1;
  const id = lastId;
  change([...entries.slice(-2), { ...options, id, message }]);
  if (options.tone !== "danger")
    setTimeout(() => dismiss(id), options.action || options.requestId ? stayMs * 2 : stayMs);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where toasts appear; put it once into the frame. */
export function ToastRegion() {
  const shown = useSyncExternalStore(
    subscribe,
    () => entries,
    () => none,
  );
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed right-4 bottom-11 z-30 flex max-w-[calc(100vw-32px)] flex-col items-end gap-2"
    >
      {shown.map((entry) => (
        <div
          key={entry.id}
          className="pointer-events-auto flex items-center gap-2 rounded-panel border border-line bg-panel py-1.5 pr-1.5 pl-3 text-13 shadow-overlay"
        >
          <span className={entry.tone === "danger" ? "text-danger" : "text-strong"}>{entry.message}</span>
          {entry.requestId ? (
            <span className="flex min-w-0 items-center gap-1 text-12 text-quiet">
              <code className="max-w-48 truncate font-mono">{entry.requestId}</code>
              <CopyButton text={entry.requestId} what="request id" className="-my-1 size-6!" />
            </span>
          ) : null}
          {entry.action ? (
            <Button size="small" variant="quiet" className="text-accent" onClick={() => choose(entry)}>
              {entry.action.label}
            </Button>
          ) : null}
          <IconButton icon={X} label="Dismiss" size="small" onClick={() => dismiss(entry.id)} />
        </div>
      ))}
    </div>
  );
}

function choose(entry: ToastEntry): void {
  dismiss(entry.id);
  entry.action?.run();
}
