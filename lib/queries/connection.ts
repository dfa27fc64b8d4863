"use client";

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { callOwn } from "@/lib/client/own-call";
import type { ConnectionView } from "@/lib/domain/connection";
import type { ConnectionTest } from "@/lib/domain/permission-mirror";
import { apiRoutes } from "@/lib/routes";

/** How the organisation reaches ContraForce, and how that goes. */
export function connectionQuery(org: string) {
  return queryOptions({
    queryKey: [org, "connection", "view", null],
    queryFn: ({ signal }) => callOwn<ConnectionView>(apiRoutes.connection(org), { method: "GET", signal }),
    refetchInterval: 30_000,
  });
}

export type AccountInput = Readonly<Record<"clientId" | "clientSecret", string>> & {
  readonly password?: string;
};

export type ConnectionAct =
  | ({ readonly act: "replace"; readonly baseUrl: string } & AccountInput)
  | ({ readonly act: "add" } & AccountInput)
  | { readonly act: "switch" | "retire"; readonly id: string };

function perform(org: string, input: ConnectionAct): Promise<ConnectionTest> {
  const { act, ...body } = input;
  if (act === "replace") return callOwn<ConnectionTest>(apiRoutes.connection(org), { method: "PUT", body });
  const addresses = {
    add: apiRoutes.credential,
    switch: apiRoutes.credentialSwitch,
    retire: apiRoutes.credentialRetire,
  };
  return callOwn<ConnectionTest>(addresses[act](org), { method: "POST", body });
}

/** Changes the connection; what the server says of it is read anew before it counts as done. */
export function useConnectionAct(org: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: ConnectionAct) => perform(org, input),
    // After a failure too: it may be stale, and then the page shows what is stored by now.
    onSettled: () => client.invalidateQueries({ queryKey: [org, "connection"] }),
  });
}

/** Finds out what a stored credential may do. Reads only. */
export function useConnectionTest(org: string) {
  const client = useQueryClient();
  return useMutation({
    // The trial of the credential in use is part of its health.
    onSettled: () => client.invalidateQueries({ queryKey: [org, "connection"] }),
    mutationKey: [org, "connection", "test"],
    mutationFn: (credential: "current" | "beside") =>
      callOwn<ConnectionTest>(apiRoutes.connectionTest(org), { method: "POST", body: { credential } }),
  });
}
