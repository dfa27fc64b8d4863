import { castOf, titleOf } from "../incidents/profile";
import { idOf, numberOf } from "../incidents/identity";
import { chance, guid, mix } from "../random/hash";
import type { Instant } from "../time/clock";
import { dateTime, secondMs } from "../time/instant";
import { playbookKind, referenceIdOf } from "./catalogue";
import { changedAt, type Run, statusAt } from "./run";

function gamebookTitle(run: Run): string {
  return run.original === null
    ? `Respond: ${run.playbooks.join(", ")}`
    : `Retry: ${run.playbooks.join(", ")}`;
}

/** A time span in the notation of .NET, as `00:00:12.3450000`. */
function timeSpan(ms: number): string {
  const pad = (value: number, width: number) => String(value).padStart(width, "0");
  const seconds = Math.floor(ms / secondMs);
  return `${pad(Math.floor(seconds / 3600), 2)}:${pad(Math.floor(seconds / 60) % 60, 2)}:${pad(seconds % 60, 2)}.${pad(ms % 1000, 3)}0000`;
}

/** Steps run one after the other within the run's time; a failed run fails at its last step. */
function playbookStatus(
  run: Run,
  index: number,
  now: Instant,
): { status: string; startedAt: Instant | null; endedAt: Instant | null } {
  const whole = statusAt(run, now);
  if (whole === "Pending" || whole === "PendingApproval" || whole === "Rejected")
    return { status: whole, startedAt: null, endedAt: null };
  const share = (run.endsAt - run.startsAt) / run.playbooks.length;
  const startedAt = Math.round(run.startsAt + share * index);
  const endedAt = Math.round(startedAt + share);
  if (now < startedAt) return { status: "Pending", startedAt: null, endedAt: null };
  if (now < endedAt) return { status: "Running", startedAt, endedAt: null };
  const isLast = index === run.playbooks.length - 1;
  const status =
    isLast && run.ends !== "Succeeded" ? (run.ends === "Cancelled" ? "Cancelled" : "Failed") : "Succeeded";
  return { status, startedAt, endedAt };
}

const messages = [
  "Graph returned 403: Insufficient privileges to complete the operation.",
  "The device was not reachable within 300 s.",
  "The account is synchronised from on-premises; change it there.",
];

/** The steps of a run, as `gamebooks.playbooks` sends them. */
export function playbooksOut(run: Run, now: Instant): readonly Record<string, unknown>[] {
  const cast = castOf(run.stream, run.stub);
  const affected: Record<string, string> = {
    User: cast.upn,
    Device: cast.host,
    IP: cast.ip,
    Url: cast.url,
    Mail: cast.mailbox,
    File: cast.file,
  };
  return run.playbooks.map((name, index) => {
    const hash = mix(run.hash, 40 + index);
    const kind = playbookKind(name);
    const { status, startedAt, endedAt } = playbookStatus(run, index, now);
    return {
      id: guid(hash, 1),
      referenceId: referenceIdOf(name),
      entityId: guid(hash, 2),
      name,
      description: kind.description,
      entityType: kind.entityType,
      affectedEntity: affected[kind.entityType] ?? null,
      isRecommended: index === 0,
      status,
      errorMessage: status === "Failed" ? (messages[hash % messages.length] ?? null) : null,
      sequence: index + 1,
      modificationDate: dateTime(endedAt ?? startedAt ?? run.createdAt, 1),
      startingDate: startedAt === null ? null : dateTime(startedAt, 1),
      finishingDate: endedAt === null ? null : dateTime(endedAt, 1),
      executionTime: startedAt === null || endedAt === null ? null : timeSpan(endedAt - startedAt),
      tracingId: guid(hash, 3),
      parameters: chance(hash, 4, 0.4) ? { comment: "Started from the watch floor", durationHours: 8 } : null,
      isAdminRequired: kind.isAdminRequired,
    };
  });
}

/** @param form `list` leaves the playbooks out, as the vendor's lists are guessed to do */
export function gamebookOut(run: Run, now: Instant, form: "list" | "full"): Record<string, unknown> {
  const { stream, stub } = run;
  const status = statusAt(run, now);
  return {
    id: run.id,
    tracingId: guid(run.hash, 21),
    incidentId: idOf(stream, stub),
    source: stream.source,
    incidentTitle: titleOf(stream, stub),
    incidentNumber: numberOf(stream, stub),
    isOcr: chance(run.hash, 22, 0.3),
    isRecover: chance(run.hash, 23, 0.04),
    triggedByUserId: run.startedBy?.id ?? null,
    displayName: run.startedBy?.displayName ?? "Automation",
    modificationDate: dateTime(changedAt(run, now), 1),
    creationDate: dateTime(run.createdAt, 1),
    status,
    title: gamebookTitle(run),
    isAdminRequired: run.needsApproval,
    workspaceId: stream.workspace.id,
    workspaceName: stream.workspace.name,
    tenantId: stream.workspace.tenantId,
    isAutoRun: run.startedBy === null,
    originalGamebookId: run.original?.id ?? null,
    originalGamebookTitle: run.original === null ? null : gamebookTitle(run.original),
    isRetryGamebook: run.original !== null,
    isQueued: status === "Pending",
    playbooks: form === "list" ? null : playbooksOut(run, now),
    summary:
      status === "Succeeded"
        ? `${run.playbooks.length} of ${run.playbooks.length} playbooks succeeded.`
        : null,
  };
}
