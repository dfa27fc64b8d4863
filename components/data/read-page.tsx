"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import { FailureCallout, FailurePanel } from "./failure-panel";

export interface ReadPageProps<Data> {
  readonly query: UseQueryResult<Data>;
  /** Said while it is being read: "Reading the members". */
  readonly reading: string;
  readonly children: (data: Data) => ReactNode;
}

const column = "mx-auto w-full max-w-240 px-4 py-5 sm:px-6";

/** A page that rests on one reading: being read, failed, there, or there with a later reading that failed. */
export function ReadPage<Data>({ query, reading, children }: ReadPageProps<Data>) {
  const { data, error } = query;
  const again = () => void query.refetch();
  if (data !== undefined)
    return (
      <div className={column}>
        {error ? (
          <FailureCallout
            error={error}
            onRetry={again}
            unaffected="What is shown was read before."
            className="mb-4"
          />
        ) : null}
        {children(data)}
      </div>
    );
  if (error) return <FailurePanel error={error} onRetry={again} />;
  return (
    <div className={column} role="status" aria-label={reading}>
      <Skeleton className="mb-4 h-6 w-40" />
      {Array.from({ length: 5 }, (_, line) => (
        <Skeleton key={line} className="mb-3 h-8 w-full" />
      ))}
    </div>
  );
}
