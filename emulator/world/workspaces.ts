import type { IncidentSource } from "@/lib/contract/vocabulary";
import { customerNames, globexCustomers, knownCustomers } from "../data/companies";
import { between, chance, exponential, hashText, mix, pick, sequenceGuid, weighted } from "../random/hash";
import type { OrganisationKey, TicketSystem, Workspace } from "./model";

/** Source → share of customers that have it, and how much it talks. */
const prevalence: readonly (readonly [IncidentSource, number, number])[] = [
  ["Sentinel", 0.75, 1],
  ["DefenderXDR", 0.7, 1.1],
  ["CrowdStrike", 0.28, 0.6],
  ["SentinelOne", 0.2, 0.5],
  ["QRadar", 0.14, 0.7],
  ["Splunk", 0.14, 0.6],
];

const offsets = [0, 0, 0, 1, 1, 1, 2, -5, -5, -6, -8, 9, 8, 10, 4, 5.5];

function ticketSystemOf(hash: number): TicketSystem | null {
  return (["autotask", "serviceNow", "jira", null] as const)[weighted(hash, 7, [4, 3, 2, 2])] ?? null;
}

/** Sources of a customer: most have one to three, every customer has at least one. */
function sourcesOf(hash: number): readonly (readonly [IncidentSource, number])[] {
  const chosen = prevalence
    .filter(([source, share]) => chance(hash, hashText(source), share))
    .map(([source, , loudness]) => [source, loudness] as const);
  return chosen.length > 0 ? chosen : [["Sentinel", 1] as const];
}

/** Mail domain of a customer, in ASCII also where the name is not. */
function domainOf(name: string, hash: number): string {
  const plain = name
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^a-z0-9 ]/g, "")
    .trim()
    .split(/ +/)
    .slice(0, 2)
    .join("-");
  return plain.length >= 3 ? `${plain}.example` : `customer-${hash.toString(36)}.example`;
}

function workspaceOf(name: string, index: number, organisationHash: number): Workspace {
  const hash = mix(organisationHash, index + 1);
  const id = sequenceGuid(mix(organisationHash, 0x3a), index);
  const size = Math.min(3, 0.15 + exponential(hash, 3, 1));
  const workspace: Workspace = {
    index,
    id,
    name,
    tenantId: sequenceGuid(mix(organisationHash, 0x7e), index),
    domain: domainOf(name, hash),
    utcOffsetHours: pick(hash, 5, offsets),
    hash,
    tickets: ticketSystemOf(hash),
    streams: [],
  };
  for (const [source, loudness] of sourcesOf(hash)) {
    const streamHash = hashText(source, hash);
    workspace.streams.push({
      workspace,
      source,
      hash: streamHash,
      // A few say nothing for days: a source that answers and has no rows.
      weight: chance(streamHash, 9, 0.04) ? 0.001 : size * loudness,
      stubs: [],
      changes: new Map(),
      nextSeq: 1,
      numberBase: between(streamHash, 1, 40, source === "DefenderXDR" ? 90_000 : 9_000),
    });
  }
  return workspace;
}

/** The customers of a provider, in a stable order. Ids depend on seed and place in the order only. */
export function makeWorkspaces(organisation: OrganisationKey, count: number, seed: number): Workspace[] {
  const known = organisation === "main" ? knownCustomers : globexCustomers;
  const organisationHash = hashText(organisation, seed);
  return customerNames(known, count, organisationHash).map((name, index) =>
    workspaceOf(name, index, organisationHash),
  );
}
