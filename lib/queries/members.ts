"use client";

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { callOwn } from "@/lib/client/own-call";
import type { Role } from "@/lib/domain/access";
import type { MemberScope, MembersView, NewInvitation } from "@/lib/domain/members";
import { apiRoutes } from "@/lib/routes";

/** The people of the organisation, open invitations and workspace groups. */
export function membersQuery(org: string) {
  return queryOptions({
    queryKey: [org, "members", "view", null],
    queryFn: ({ signal }) => callOwn<MembersView>(apiRoutes.members(org), { method: "GET", signal }),
  });
}

export type MembersAct =
  | {
      readonly act: "change";
      readonly personId: string;
      readonly role: Role;
      readonly scope: MemberScope;
      readonly isDisabled: boolean;
      /** The acting person's own, where the change makes an administrator. */
      readonly password?: string;
    }
  | {
      readonly act: "invite";
      readonly email: string;
      readonly role: Role;
      readonly scope: MemberScope;
      readonly password?: string;
    }
  | {
      readonly act: "group";
      /** Null makes a new one. */
      readonly id: string | null;
      readonly name: string;
      readonly workspaceIds: readonly string[];
    }
  | { readonly act: "remove" | "withdraw" | "drop-group"; readonly id: string };

function perform(org: string, input: MembersAct): Promise<NewInvitation | object> {
  switch (input.act) {
    case "change": {
      const { act: _act, personId, ...body } = input;
      return callOwn(apiRoutes.member(org, personId), { method: "PUT", body });
    }
    case "invite": {
      const { act: _act, ...body } = input;
      return callOwn<NewInvitation>(apiRoutes.invitations(org), { method: "POST", body });
    }
    case "group": {
      const { act: _act, id, ...body } = input;
      return id === null
        ? callOwn(apiRoutes.workspaceGroups(org), { method: "POST", body })
        : callOwn(apiRoutes.workspaceGroup(org, id), { method: "PUT", body });
    }
    default: {
      const addresses = {
        remove: apiRoutes.member,
        withdraw: apiRoutes.invitation,
        "drop-group": apiRoutes.workspaceGroup,
      };
      return callOwn(addresses[input.act](org, input.id), { method: "DELETE", body: {} });
    }
  }
}

/** Changes the organisation's people; what is stored is read anew before it counts as done. */
export function useMembersAct(org: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: MembersAct) => perform(org, input),
    // After a failure too: it may be stale, and then the page shows what is stored by now.
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: [org, "members"] }),
        client.invalidateQueries({ queryKey: [org, "workspaces"] }),
      ]),
  });
}
