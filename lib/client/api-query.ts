import { queryOptions } from "@tanstack/react-query";
import type { OperationId } from "@/lib/contract";
import { domainOf } from "@/lib/contract/address";
import { addresses } from "@/lib/contract/addresses.gen";
import { call, type CallInput } from "./call";

/** Key of a call: `[org, domain, operation, input]`, so that the prefix `[org, domain]` covers list and detail. */
export function apiKey<Id extends OperationId>(org: string, id: Id, input: CallInput<Id>) {
  return [org, domainOf(id), id, input] as const;
}

/**
 * Options of a read for `useQuery`. Operations that leave a trace in upstream's audit are never repeated on their own:
 * neither after a failure nor when the window gets the focus back.
 */
export function apiQuery<Id extends OperationId>(org: string, id: Id, input: CallInput<Id>) {
  const { audited } = addresses[id];
  return queryOptions({
    queryKey: apiKey(org, id, input),
    queryFn: async ({ signal }) => (await call(org, id, input, { signal })).data,
    ...(audited
      ? {
          retry: false,
          staleTime: Number.POSITIVE_INFINITY,
          refetchOnMount: false,
          refetchOnReconnect: false,
          refetchOnWindowFocus: false,
        }
      : {}),
  });
}
