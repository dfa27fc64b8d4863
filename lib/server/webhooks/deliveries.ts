import "server-only";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import {
  anyDelivery,
  type DeliveriesPage,
  type DeliveriesRequest,
  deliveryFacts,
  type DeliveryFilter,
  fitsDeliveryFilter,
} from "@/lib/domain/webhook-deliveries";
import { tokenLifetimeMs } from "@/lib/server/proxy/page-tokens";
import { canonicalJson } from "@/lib/server/upstream/canonical";
import { withAnyKey } from "@/lib/server/vault/any-key";
import { openText, sealText } from "@/lib/server/vault/sealed-text";
import { type DeskContext, readVisible } from "./context";
import { mergeStep, type MergeState, type ReadLogPage } from "./log-merge";

/** Pages of upstream that a page of ours may read beyond the first of each log; a narrow filter then answers with what it has. */
const mostFurtherPages = 10;
const upstreamPageRows = 100;

interface Position extends MergeState {
  /** ISO instant of the first page. */
  readonly asOf: string;
  /** Rows per upstream page: a token goes on with the size that it was made with. */
  readonly size: number;
}

function bindingOf({ principal, membership, connection }: DeskContext, filter: DeliveryFilter): Buffer {
  const { organisationId } = membership;
  const { credentialId } = connection;
  return Buffer.from(
    canonicalJson(["deliveries", 1, principal.personId, organisationId, credentialId, filter]),
  );
}

function seal(context: DeskContext, filter: DeliveryFilter, position: Position): string {
  const { deps } = context;
  const text = deflateRawSync(JSON.stringify(position)).toString("base64");
  return sealText(deps.tokenKeys()[0], bindingOf(context, filter), text, deps.now() + tokenLifetimeMs);
}

/** @throws Failure CURSOR_INVALID (another person's, list's or filter's), CURSOR_EXPIRED */
function open(context: DeskContext, filter: DeliveryFilter, token: string): Position {
  const { deps } = context;
  const binding = bindingOf(context, filter);
  const text = withAnyKey(deps.tokenKeys(), (key) => openText(key, binding, token, deps.now()));
  // Sealed by `seal` above and by nobody else.
  return JSON.parse(inflateRawSync(Buffer.from(text, "base64")).toString("utf8")) as Position;
}

async function begin(context: DeskContext, { filter, pageSize }: DeliveriesRequest): Promise<Position> {
  const ids = filter.webhookIds.length > 0 ? [...new Set(filter.webhookIds)] : await allIds(context);
  const asked = { ...filter, webhookIds: [], from: null, to: null };
  const isPlain = canonicalJson(asked) === canonicalJson(anyDelivery);
  return {
    asOf: new Date(context.deps.now()).toISOString(),
    // One log as it is: pages of the same size are used up whole, and none is read twice.
    size: ids.length === 1 && isPlain ? pageSize : upstreamPageRows,
    pin: null,
    places: ids.map((id) => ({ id, token: null, seen: [], isDone: false })),
  };
}

async function allIds(context: DeskContext): Promise<readonly string[]> {
  const list = await readVisible(context, "webhooks.list", { params: {}, query: {}, body: undefined });
  return list.data.map(({ id }) => id);
}

function reader(context: DeskContext, from: string | null, size: number, signal: AbortSignal): ReadLogPage {
  return async (id, token, to) => {
    const query = {
      pageSize: size,
      ...(from !== null && { from }),
      ...(to !== null && { to }),
      ...(token !== null && { continuationToken: token }),
    };
    const input = { params: { id }, query, body: undefined };
    const { data, unreadableRows } = await readVisible(context, "webhooks.deliveryLogs", input, { signal });
    return { rows: data.items, next: data.hasMore ? data.continuationToken : null, unreadableRows };
  };
}

/**
 * A page of the delivery log across webhooks.
 * @throws Failure CURSOR_INVALID, CURSOR_EXPIRED, UPSTREAM_* when no log at all could be read
 */
export async function readDeliveriesPage(
  context: DeskContext,
  request: DeliveriesRequest,
  signal: AbortSignal,
): Promise<DeliveriesPage> {
  const { filter, pageSize, continuationToken } = request;
  const position =
    continuationToken === null ? await begin(context, request) : open(context, filter, continuationToken);
  const { asOf, size } = position;
  const step = await mergeStep(reader(context, filter.from, size, signal), position, {
    from: filter.from,
    to: filter.to,
    fits: (row) => fitsDeliveryFilter(filter, row),
    pageSize,
    mostFurtherPages,
  });
  const hasMore = step.state.places.some(({ isDone }) => !isDone);
  const { examined, failures, unreadableRows } = step;
  return {
    items: step.rows.map(({ row, webhookId }) => ({ ...deliveryFacts(row), webhookId })),
    continuationToken: hasMore ? seal(context, filter, { ...step.state, asOf, size }) : null,
    hasMore,
    asOf,
    examined,
    readTo: hasMore ? step.readTo : null,
    failures,
    unreadableRows,
  };
}
