import { type Operation, type OperationId, operationIds, registry } from "@/lib/contract";
import { domainOf } from "@/lib/contract/address";
import { guessedReplies, guessedRequests } from "@/lib/contract/guesses";
import { z } from "zod";

/** Domain → heading, in the order of the reference. */
const headings: Readonly<Record<string, string>> = {
  incidents: "Incidents",
  gamebooks: "Gamebooks",
  datasources: "Data sources",
  tickets: "Tickets",
  investigation: "Investigation",
  webhooks: "Webhooks",
  serviceAccounts: "Service accounts",
  users: "Users",
  azure: "Azure resources",
};

const idsOf = (domain: string) => operationIds.filter((id) => domainOf(id) === domain);
const cell = (text: string) => text.replaceAll("|", "\\|");

/** Names of a schema's members; `?` marks those that may be left out. */
function members(schema: unknown): string[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).map(([name, member]) =>
    z.safeParse(member, undefined).success ? `${name}?` : name,
  );
}

function asks(operation: Operation): string {
  const query = members(operation.query);
  const body = members(operation.body);
  const parts = [
    query.length > 0 ? `query \`${query.join(" ")}\`` : "",
    body.length > 0 ? `body \`${body.join(" ")}\`` : "",
  ];
  return parts.filter((part) => part !== "").join("; ") || "–";
}

function row(id: OperationId): string {
  const operation: Operation = registry[id];
  const { method, path, scope, permission, kind, repeat, tenancy, certainty, audited, summary } = operation;
  const cells = [
    `\`${id}\``,
    `\`${method}\``,
    `\`${path}\``,
    asks(operation),
    scope === null ? "not stated" : `\`${scope}\``,
    `\`${permission}\``,
    kind,
    repeat,
    tenancy,
    certainty,
    audited ? `${summary} *(audited)*` : summary,
  ];
  return `| ${cells.map(cell).join(" | ")} |`;
}

const columns =
  "| Operation | Method | Path | Asks | Scope | Permission | Kind | Repeat | Tenancy | Reply | What it does |";

function section(domain: string): string {
  const rows = idsOf(domain).map(row);
  return [`## ${headings[domain] ?? domain}`, "", columns, `|${" --- |".repeat(11)}`, ...rows, ""].join("\n");
}

function guessTable(title: string, guesses: Readonly<Partial<Record<OperationId, string>>>): string {
  const rows = operationIds.flatMap((id) => {
    const guess = guesses[id];
    return guess === undefined ? [] : [`| \`${id}\` | ${cell(guess)} |`];
  });
  return [
    `### ${title} (${rows.length})`,
    "",
    "| Operation | Taken to be |",
    "| --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

const count = (isCounted: (operation: Operation) => boolean) =>
  operationIds.filter((id) => isCounted(registry[id])).length;

/** The whole of `docs/api.md`. */
export function renderReference(): string {
  const intro = `# The upstream API as Watchfloor knows it

Generated from \`lib/contract\` by \`npm run docs:api\`; do not edit. The app offers the same calls at
\`/api/<organisation>/v2<path>\`, with the same method, query and body names.

${operationIds.length} operations: ${count((each) => each.kind === "query")} queries and ${count((each) => each.kind === "mutation")} mutations.

- **Asks**: query and body members; \`?\` marks what may be left out. Path parameters stand in the path.
- **Scope**: what the service account's credential needs upstream. **Permission**: what the person at the screen needs here.
- **Repeat**: \`read\` may be sent again within the retry budget, \`idempotent\` once, \`once\` never.
- **Tenancy**: \`path\`, the workspace stands in the path and is checked before the call; \`rows\`, the reply mixes workspaces and
  is filtered; \`organization\`, no workspace decides.
- **Reply**: \`documented\`, its shape was read in the vendor's documentation; \`guess\`, it is our proposal.
- *(audited)*: the call leaves a trace in the customer's audit trail, so only a person's act may start it.
`;
  const guesses = [
    "## What is a guess",
    "",
    guessTable("Replies", guessedReplies),
    guessTable("Requests", guessedRequests),
  ].join("\n");
  return [intro, ...Object.keys(headings).map(section), guesses].join("\n").trimEnd() + "\n";
}

/** The whole of `lib/contract/addresses.gen.ts`: what the browser needs of the registry, without the schemas. */
export function renderAddresses(): string {
  const entries = operationIds.map((id) => {
    const { method, path, audited } = registry[id];
    const address = { method, path, ...(audited ? { audited } : {}) };
    return `  "${id}": ${JSON.stringify(address)},`;
  });
  return `// Generated from the registry by \`npm run docs:api\`; do not edit.
import type { OperationId } from "./index";
import type { Method } from "./operation";

export interface Address {
  readonly method: Method;
  readonly path: \`/\${string}\`;
  /** Whether the call leaves a trace in upstream's audit trail. */
  readonly audited?: true;
}

/** Where and how each operation is called. Holds no zod, so that the browser does not load the schemas. */
export const addresses: Readonly<Record<OperationId, Address>> = {
${entries.join("\n")}
};
`;
}
