import { Skeleton } from "@/components/ui/skeleton";
import type { Gamebook } from "@/lib/contract/shapes/gamebook";
import { runTitle, waitsFor } from "@/lib/domain/gamebook-run";
import { PortalLink } from "../portal-link";
import { RunStateMark } from "../run-state";
import { StarterName } from "../starter";

/** What the run is and how it stands; it may wait for somebody, which can be done elsewhere only. */
export function RunHead({ run }: { readonly run: Gamebook | null }) {
  if (run === null)
    return (
      <div className="px-4 py-3">
        <Skeleton className="h-4 w-2/3" />
        <Skeleton className="mt-3 h-3 w-1/3" />
      </div>
    );
  return (
    <div className="px-4 py-3">
      <h2 className="text-16 font-semibold text-pretty wrap-anywhere text-strong">{runTitle(run)}</h2>
      <p className="mt-1.5 flex flex-wrap items-center gap-x-4 gap-y-1 text-13">
        <RunStateMark status={run.status} word />
        <StarterName run={run} />
        {run.isRetryGamebook || run.originalGamebookId ? <span className="text-quiet">Retry</span> : null}
        {run.isRecover ? <span className="text-quiet">Undoes an earlier run</span> : null}
      </p>
      {waitsFor(run) === "approval" ? <PortalLink className="mt-2" /> : null}
    </div>
  );
}
