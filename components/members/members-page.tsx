"use client";

import { useQuery } from "@tanstack/react-query";
import { LockKeyhole } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { FailureCallout, FailurePanel } from "@/components/data/failure-panel";
import { useCan, useSession } from "@/components/shell/session";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { MembersView } from "@/lib/domain/members";
import { membersQuery } from "@/lib/queries/members";
import { workspacesQuery } from "@/lib/queries/workspaces";
import { GroupList } from "./group-list";
import { InvitationList } from "./invitation-list";
import { MemberTable } from "./member-table";
import type { Opened } from "./opened";

const PersonDialog = dynamic(() => import("./person-dialog").then((module) => module.PersonDialog), {
  ssr: false,
});
const GroupDialog = dynamic(() => import("./group-dialog").then((module) => module.GroupDialog), {
  ssr: false,
});
const ConfirmDialog = dynamic(() => import("./confirm-dialog").then((module) => module.ConfirmDialog), {
  ssr: false,
});

/** The people of the organisation: who they are, what they may do and see. */
export function MembersPage() {
  const mayManage = useCan("members:manage");
  const { role } = useSession();
  if (!mayManage)
    return (
      <EmptyState icon={LockKeyhole} title="The members are for administrators">
        Your role here is {role}; it does not include the permission members:manage. An administrator of this
        organisation can change your role.
      </EmptyState>
    );
  return <Managed />;
}

function Managed() {
  const org = useSession().organisation.slug;
  const view = useQuery(membersQuery(org));
  const again = () => void view.refetch();
  if (view.data)
    return (
      <div className="mx-auto w-full max-w-240 px-4 py-5 sm:px-6">
        {view.error ? (
          <FailureCallout
            error={view.error}
            onRetry={again}
            unaffected="What is shown was read before."
            className="mb-4"
          />
        ) : null}
        <Loaded org={org} view={view.data} />
      </div>
    );
  if (view.error) return <FailurePanel error={view.error} onRetry={again} />;
  return (
    <div
      className="mx-auto w-full max-w-240 px-4 py-5 sm:px-6"
      role="status"
      aria-label="Reading the members"
    >
      <Skeleton className="mb-4 h-6 w-40" />
      {Array.from({ length: 5 }, (_, line) => (
        <Skeleton key={line} className="mb-3 h-8 w-full" />
      ))}
    </div>
  );
}

function Loaded({ org, view }: { readonly org: string; readonly view: MembersView }) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const workspaces = useQuery(workspacesQuery(org)).data ?? [];
  const close = () => setOpened(null);
  const parts = { view, workspaces, onOpen: setOpened };
  return (
    <>
      <MemberTable {...parts} />
      <InvitationList {...parts} />
      <GroupList {...parts} />
      {opened?.kind === "person" ? (
        <PersonDialog org={org} member={opened.member} groups={view.groups} onClose={close} />
      ) : null}
      {opened?.kind === "group" ? <GroupDialog org={org} group={opened.group} onClose={close} /> : null}
      {opened?.kind === "confirm" ? (
        <ConfirmDialog org={org} question={opened.question} onClose={close} />
      ) : null}
    </>
  );
}
