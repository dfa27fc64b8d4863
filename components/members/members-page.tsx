"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ReadPage } from "@/components/data/read-page";
import { NeedsPermission } from "@/components/shell/needs-permission";
import { useSession } from "@/components/shell/session";
import { onDemand } from "@/components/ui/on-demand";
import type { MembersView } from "@/lib/domain/members";
import { membersQuery } from "@/lib/queries/members";
import { workspacesQuery } from "@/lib/queries/workspaces";
import { GroupList } from "./group-list";
import { InvitationList } from "./invitation-list";
import { MemberTable } from "./member-table";
import type { Opened } from "./opened";

const PersonDialog = onDemand(() => import("./person-dialog").then((module) => module.PersonDialog));
const GroupDialog = onDemand(() => import("./group-dialog").then((module) => module.GroupDialog));
const MemberSessionsDialog = onDemand(() =>
  import("@/components/sessions/member-sessions-dialog").then((module) => module.MemberSessionsDialog),
);
const QuestionDialog = onDemand(() => import("./question-dialog").then((module) => module.QuestionDialog));

/** The people of the organisation: who they are, what they may do and see. */
export function MembersPage() {
  return (
    <NeedsPermission permission="members:manage" title="The members are for administrators">
      <Managed />
    </NeedsPermission>
  );
}

function Managed() {
  const org = useSession().organisation.slug;
  return (
    <ReadPage query={useQuery(membersQuery(org))} reading="Reading the members">
      {(view) => <Loaded org={org} view={view} />}
    </ReadPage>
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
        <PersonDialog
          org={org}
          member={opened.member}
          groups={view.groups}
          confirmBy={view.confirmBy}
          onClose={close}
        />
      ) : null}
      {opened?.kind === "sessions" ? (
        <MemberSessionsDialog org={org} member={opened.member} onClose={close} />
      ) : null}
      {opened?.kind === "group" ? <GroupDialog org={org} group={opened.group} onClose={close} /> : null}
      {opened?.kind === "confirm" ? (
        <QuestionDialog org={org} question={opened.question} onClose={close} />
      ) : null}
    </>
  );
}
