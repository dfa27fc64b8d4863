import type { OperationId } from "./index";
import { isPlain } from "./readers";

type Input = Readonly<Record<string, unknown>>;
type Naming = (query: Input, body: Input) => readonly unknown[];

const items = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const memberOf = (value: unknown, key: string): unknown => (isPlain(value) ? value[key] : undefined);
const assignments: Naming = (_, body) =>
  items(body.workspaceAssignments).map((each) => memberOf(each, "workspaceId"));
const incidentOfTicket: Naming = (_, body) => [memberOf(body.incident, "workspaceId")];
const account: Naming = (_, body) => [body.accountId];

/** Where operations name workspaces outside their path. */
const namings: { readonly [Id in OperationId]?: Naming } = {
  "incidents.acrossWorkspaces": (_, body) =>
    items(body.workspacePageTokens).map((each) => memberOf(each, "workspaceId")),
  "gamebooks.acrossHistory": ({ workspaces }) =>
    typeof workspaces === "string" ? workspaces.split(",").map((each) => each.trim()) : [],
  "datasources.anomalies": (_, body) => [...items(body.workspaces), ...items(body.workspaceIds)],
  "datasources.acrossWorkspaces": (query) => items(query.workspaceIds),
  "tickets.link": incidentOfTicket,
  "tickets.unlink": incidentOfTicket,
  "tickets.priority": incidentOfTicket,
  "serviceAccounts.create": assignments,
  "serviceAccounts.update": assignments,
  "users.workspaceUsers": account,
  "users.assign": account,
};

/**
 * The workspaces that a call names in its query or body, lower case, each once. Checking the workspace of the path is
 * not enough: a ticket call to an allowed workspace carries an incident's workspace in its body. Whoever decides
 * access must check these too.
 * @param input parsed by the operation's schemas
 */
export function namedWorkspaces(
  id: OperationId,
  input: { readonly query?: unknown; readonly body?: unknown },
): string[] {
  const query = isPlain(input.query) ? input.query : {};
  const body = isPlain(input.body) ? input.body : {};
  const named = namings[id]?.(query, body) ?? [];
  const texts = named.filter((each): each is string => typeof each === "string" && each !== "");
  return [...new Set(texts.map((each) => each.toLowerCase()))];
}
