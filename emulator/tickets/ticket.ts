import type { Instant } from "../time/clock";
import type { TicketSystem } from "../world/model";

export interface LinkedIncident {
  readonly source: string;
  readonly incidentId: string;
}

/** A service ticket, before it takes the form of its product. */
export interface Ticket {
  /** Internal id, which link and unlink take; not the number that people see. */
  readonly id: string;
  readonly number: string;
  readonly system: TicketSystem;
  readonly hash: number;
  readonly title: string;
  readonly description: string | null;
  /** Queue, assignment group or project key. */
  readonly groupingId: string;
  readonly createdAt: Instant;
  priority: string;
  link: LinkedIncident | null;
  readonly notes: { readonly at: Instant; readonly by: string; readonly text: string }[];
}

/** Words that each product takes for a priority; Jira takes its ids as well. The sets are a guess. */
export const prioritiesOf: Readonly<Record<TicketSystem, readonly string[]>> = {
  autotask: ["Critical", "High", "Medium", "Low"],
  serviceNow: ["High", "Medium", "Low"],
  jira: ["Highest", "High", "Medium", "Low", "Lowest"],
};

/** The product's own spelling of a priority, or `null` for a word it does not have. */
export function spellPriority(system: TicketSystem, word: string): string | null {
  const words = prioritiesOf[system];
  const byId = system === "jira" && /^[1-5]$/.test(word) ? words[Number(word) - 1] : undefined;
  return byId ?? words.find((known) => known.toLowerCase() === word.toLowerCase()) ?? null;
}
