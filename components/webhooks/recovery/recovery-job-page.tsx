"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { FailureCallout, FailurePanel } from "@/components/data/failure-panel";
import { NeedsPermission } from "@/components/shell/needs-permission";
import { usePageTitle } from "@/components/shell/page-title";
import { useSession } from "@/components/shell/session";
import { buttonClass } from "@/components/ui/button-class";
import { Skeleton } from "@/components/ui/skeleton";
import { recoveryJobQuery } from "@/lib/queries/recovery";
import { webhooksQuery } from "@/lib/queries/webhooks";
import { routes } from "@/lib/routes";
import { webhookNamer } from "../webhook-namer";
import { ItemList } from "./item-list";
import { JobHead } from "./job-head";

/** One recovery: its plan, how far it is, and each of its events. */
export function RecoveryJobPage({ jobId }: { readonly jobId: string }) {
  usePageTitle("Recovery");
  return (
    <NeedsPermission permission="webhooks:read" title="Recovery is for managers and administrators">
      <Reading jobId={jobId} />
    </NeedsPermission>
  );
}

function Reading({ jobId }: { readonly jobId: string }) {
  const org = useSession().organisation.slug;
  const reading = useQuery(recoveryJobQuery(org, jobId));
  const webhooks = useQuery(webhooksQuery(org)).data ?? [];
  const { data: job, error } = reading;
  const again = () => void reading.refetch();
  if (job === undefined)
    return error ? (
      <FailurePanel error={error} onRetry={again} />
    ) : (
      <div role="status" aria-label="Reading the recovery" className="px-4 py-5 sm:px-6">
        <Skeleton className="mb-4 h-6 w-72" />
        <Skeleton className="mb-3 h-5 w-full max-w-200" />
        <Skeleton className="h-5 w-full max-w-160" />
      </div>
    );
  const nameOf = webhookNamer(webhooks);
  return (
    <div className="flex h-full min-h-144 flex-col">
      <div className="shrink-0 px-4 pt-3 pb-4 sm:px-6">
        <Link href={routes.recovery(org)} className={`${buttonClass("quiet", "small")} -ml-2`}>
          <ArrowLeft aria-hidden="true" className="size-4" />
          All recoveries
        </Link>
        {error ? (
          <FailureCallout
            error={error}
            onRetry={again}
            unaffected="What is shown was read before; the server goes on by itself."
            className="mt-2"
          />
        ) : null}
        <JobHead org={org} job={job} nameOf={nameOf} />
      </div>
      <ItemList org={org} job={job} nameOf={nameOf} />
    </div>
  );
}
