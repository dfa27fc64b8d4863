import { FailureCallout } from "@/components/data/failure-panel";
import { Callout } from "@/components/ui/callout";
import type { RunAtHand } from "./use-run";

/** Why part of a run, or all of it, is not shown. */
export function RunMissing({ reading }: { readonly reading: RunAtHand }) {
  const { run, error, isMissing, again } = reading;
  if (error !== null)
    return (
      <FailureCallout
        error={error}
        onRetry={again}
        unaffected={run === null ? "Its playbooks are read apart from it." : "What is shown was read before."}
        className="m-4"
      />
    );
  if (!isMissing) return null;
  return (
    <Callout
      tone="caution"
      title="The run itself was not found"
      unaffected="Neither its incident nor the newest part of the workspace's history has it. Its playbooks are read apart from it."
      className="m-4"
    />
  );
}
