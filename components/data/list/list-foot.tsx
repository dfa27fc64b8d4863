"use client";

import { FailureBar } from "@/components/data/failure-panel";
import { Button } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";
import { describeLoaded, type Noun } from "@/lib/domain/list-count";
import type { Listing } from "@/lib/queries/listing";

/** At the foot of a list: how much of it is read, and how to read on. Always there, so that no row moves. */
export function ListFoot({ listing, noun }: { readonly listing: Listing<unknown>; readonly noun: Noun }) {
  const { error, rows, isComplete, isReading, more } = listing;
  if (error !== null && rows.length > 0)
    return (
      <FailureBar
        error={error}
        onRetry={more}
        retryLabel="Continue"
        unaffected={`The ${describeLoaded({ ...listing, loaded: rows.length }, noun)} stay.`}
      />
    );
  return (
    <div className="flex h-9 shrink-0 items-center gap-3 border-t border-line px-3 text-12 text-quiet">
      {isReading ? <Spinner className="size-3" /> : null}
      <span role="status" className="min-w-0 truncate">
        {isReading && rows.length === 0
          ? `Reading ${noun.many}`
          : describeLoaded({ ...listing, loaded: rows.length }, noun)}
      </span>
      {isComplete || isReading || rows.length === 0 ? null : (
        <Button size="small" variant="quiet" onClick={more}>
          Read more
        </Button>
      )}
    </div>
  );
}
