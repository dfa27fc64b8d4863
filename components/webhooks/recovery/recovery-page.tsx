"use client";

import { useQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { parseAsString, useQueryStates } from "nuqs";
import { useState } from "react";
import { ReadPage } from "@/components/data/read-page";
import { useFormatRange } from "@/components/data/use-format-range";
import { NeedsPermission } from "@/components/shell/needs-permission";
import { usePageTitle } from "@/components/shell/page-title";
import { useCan, useSession } from "@/components/shell/session";
import { Time } from "@/components/shell/time";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { onDemand } from "@/components/ui/on-demand";
import { Section } from "@/components/ui/section";
import { personName } from "@/lib/domain/audit";
import type { RecoveryJob } from "@/lib/domain/recovery";
import { recoveryJobsQuery } from "@/lib/queries/recovery";
import { webhooksQuery } from "@/lib/queries/webhooks";
import { routes } from "@/lib/routes";
import { webhookNamer } from "../webhook-namer";
import { JobState } from "./job-state";
import { events, progressText } from "./words";

const PlanDialog = onDemand(() => import("./plan-dialog").then((module) => module.PlanDialog));

const parsers = { webhook: parseAsString, from: parseAsString, to: parseAsString };

/** Outages that are made good: each a job that delivers again what failed in a window. */
export function RecoveryPage() {
  usePageTitle("Recovery");
  return (
    <NeedsPermission permission="webhooks:read" title="Recovery is for managers and administrators">
      <Readable />
    </NeedsPermission>
  );
}

function Readable() {
  const org = useSession().organisation.slug;
  const router = useRouter();
  const canManage = useCan("webhooks:manage");
  const [asked, setAsked] = useQueryStates(parsers, { history: "replace", shallow: true });
  const [isOpen, setOpen] = useState(false);
  const isPlanning = canManage && (isOpen || asked.webhook !== null);
  const close = () => {
    setOpen(false);
    void setAsked({ webhook: null, from: null, to: null });
  };
  const plan = canManage ? (
    <Button variant="primary" onClick={() => setOpen(true)}>
      Plan a recovery
    </Button>
  ) : null;
  return (
    <>
      <ReadPage query={useQuery(recoveryJobsQuery(org))} reading="Reading the recoveries">
        {({ jobs }) => (
          <Section
            title="Recoveries"
            about={
              canManage
                ? "Deliver again what failed while a receiver was down: pick the window, look at the plan, then start it. Each event is sent once; it can be stopped and resumed."
                : "What administrators of this organisation have delivered again after an outage."
            }
            actions={jobs.length === 0 ? null : plan}
          >
            {jobs.length === 0 ? (
              <EmptyState icon={History} title="No outage was recovered yet" action={plan}>
                A plan lists the failed deliveries whose event was never delivered later. Nothing is sent
                before you start it.
              </EmptyState>
            ) : (
              <JobList org={org} jobs={jobs} />
            )}
          </Section>
        )}
      </ReadPage>
      {isPlanning ? (
        <PlanDialog
          org={org}
          start={asked}
          onClose={close}
          onPlanned={(job) => router.push(routes.recoveryJob(org, job.id))}
        />
      ) : null}
    </>
  );
}

function JobList({ org, jobs }: { readonly org: string; readonly jobs: readonly RecoveryJob[] }) {
  const webhooks = useQuery(webhooksQuery(org)).data ?? [];
  const formatRange = useFormatRange();
  const nameOf = webhookNamer(webhooks);
  return (
    <ul aria-label="Recoveries, newest first">
      {jobs.map((job) => {
        const { id, state, request, counts, person, createdAt } = job;
        return (
          <li key={id} className="border-b border-line py-3 text-13 first:border-t">
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <Link
                href={routes.recoveryJob(org, id)}
                prefetch={false}
                className="font-medium text-strong underline"
              >
                {formatRange(request.from, request.to)}
              </Link>
              <span className="min-w-0 truncate text-normal">
                {request.webhookIds.map(nameOf).join(", ")}
              </span>
              <JobState state={state} />
            </p>
            <p className="mt-0.5 text-normal">
              {state === "planned" ? `${events(counts.waiting)} to send again` : progressText(counts)}
            </p>
            <p className="text-12 text-quiet wrap-anywhere">
              {personName(person)} · <Time value={createdAt} mode="absolute" /> · {request.reason}
            </p>
          </li>
        );
      })}
    </ul>
  );
}
