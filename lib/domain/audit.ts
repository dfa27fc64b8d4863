/** How an act ended. `unknown`: it was begun, and nobody can say whether it happened. */
export const auditOutcomes = ["done", "refused", "failed", "unknown"] as const;
export type AuditOutcome = (typeof auditOutcomes)[number];

/** Which rows of the audit; a member that is null filters nothing. */
export interface AuditFilter {
  /** ISO instants; `from` included, `to` not. */
  readonly from: string | null;
  readonly to: string | null;
  readonly personId: string | null;
  readonly action: string | null;
  readonly outcome: AuditOutcome | null;
  readonly workspaceId: string | null;
}

export interface AuditPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** Who did it, in words. @param person null: the account is deleted */
export function personName(person: AuditPerson | null): string {
  return person?.name || person?.email || "Somebody who is gone";
}

/** One row as people read it. */
export interface AuditRow {
  readonly seq: number;
  /** ISO instant. */
  readonly at: string;
  /** Null when the server acted by itself, or nobody was signed in. */
  readonly person: AuditPerson | null;
  readonly action: string;
  readonly permission: string | null;
  readonly workspaceId: string | null;
  readonly outcome: AuditOutcome;
  readonly upstreamRequestId: string | null;
  readonly requestId: string;
  readonly detail: unknown;
  /** Hex. */
  readonly hash: string;
}

/** The display that acted in the place of a person, by the name that it had then; null when none did. */
export function actingDisplay({ person, detail }: Pick<AuditRow, "person" | "detail">): string | null {
  if (person !== null || typeof detail !== "object" || detail === null) return null;
  const display: unknown = "display" in detail ? detail.display : null;
  if (typeof display !== "object" || display === null || !("name" in display)) return null;
  return typeof display.name === "string" ? display.name : null;
}

export interface AuditPage {
  readonly rows: readonly AuditRow[];
  /** For the next older page; null after the last one. */
  readonly before: number | null;
  /** What there is to choose from; with the first page only. */
  readonly choices: { readonly people: readonly AuditPerson[]; readonly actions: readonly string[] } | null;
}

/** "webhooks.pause" → "Webhooks: pause"; names of acts are for code, sentences for people. */
export function actionWords(action: string): string {
  const spaced = action
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/[-_]/g, " ")
    .toLowerCase();
  const [area = "", ...rest] = spaced.split(".");
  const capital = area.charAt(0).toUpperCase() + area.slice(1);
  return rest.length > 0 ? `${capital}: ${rest.join(" ")}` : capital;
}
