import "server-only";
import { namedWorkspaces } from "@/lib/contract/named-workspaces";
import type { Standing } from "@/lib/domain/access";
import { Failure } from "@/lib/errors";
import { authorise } from "@/lib/server/access";
import type { CallValues } from "@/lib/server/upstream/outgoing";
import type { Located } from "./locate";
import type { RowsId } from "./row-filters";

/** More workspace ids than this in an address risk its length limit; the row filter alone then confines the answer. */
const MOST_IN_ADDRESS = 50;

type Narrow = (values: CallValues, ids: readonly string[], isNamed: boolean) => CallValues;

const members = (value: unknown) => (typeof value === "object" && value !== null ? value : {});

/** How a call across workspaces is asked for some of them only. Complete by type, like the row filters. */
const narrowings: { readonly [Id in RowsId]: Narrow } = {
  // Upstream's walk knows no workspace filter; our walk confines its answer.
  "incidents.acrossWorkspaces": (values) => values,
  "gamebooks.acrossHistory": (values, ids, isNamed) =>
    isNamed || ids.length <= MOST_IN_ADDRESS
      ? { ...values, query: { ...values.query, workspaces: ids.join(",") } }
      : values,
  "datasources.anomalies": (values, ids) => ({
    ...values,
    // Both names, because we do not know which one upstream reads.
    body: { ...members(values.body), workspaces: ids, workspaceIds: ids },
  }),
  "datasources.acrossWorkspaces": (values, ids, isNamed) =>
    isNamed || ids.length <= MOST_IN_ADDRESS
      ? { ...values, query: { ...values.query, workspaceIds: ids } }
      : values,
};

const isRows = (id: string): id is RowsId => Object.hasOwn(narrowings, id);

/**
 * Keeps a call within the person's workspaces where its query or body names some. A call that concerns them must be allowed on
 * each (`NOT_FOUND` otherwise); a call across workspaces is asked only for those among them that are the person's, and is
 * `NOT_FOUND` when none is: the same as for workspaces that do not exist.
 */
export function confine(located: Located, values: CallValues, membership: Standing): CallValues {
  const { id, operation } = located;
  const named = namedWorkspaces(id, values);
  if (!isRows(id)) {
    for (const workspaceId of named) authorise(membership, operation.permission, workspaceId);
    return values;
  }
  const { scope } = membership;
  if (scope.kind === "all") return values;
  const ids = named.length > 0 ? named.filter((each) => scope.ids.has(each)) : [...scope.ids].sort();
  if (ids.length === 0) throw new Failure("NOT_FOUND");
  return narrowings[id](values, ids, named.length > 0);
}
