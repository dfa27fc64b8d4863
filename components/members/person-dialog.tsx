"use client";

import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { FailureCallout } from "@/components/data/failure-panel";
import { OwnPasswordField } from "@/components/data/own-password-field";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Segmented } from "@/components/ui/segmented";
import { TextField } from "@/components/ui/text-field";
import { refusedFields } from "@/lib/client/call-error";
import type { Role } from "@/lib/domain/access";
import {
  type ConfirmBy,
  makesAdmin,
  type MemberScope,
  type MemberView,
  type WorkspaceGroupView,
} from "@/lib/domain/members";
import { useMembersAct } from "@/lib/queries/members";
import { workspacesQuery } from "@/lib/queries/workspaces";
import { LinkDialog } from "./link-dialog";
import { roleWords } from "./words";
import { Ticks } from "@/components/data/ticks";

/** Where the form can show what is wrong. */
const shownFields = ["email", "scope.groupIds", "scope.workspaceIds", "password"] as const;

export interface PersonDialogProps {
  readonly org: string;
  /** Whose role and sight is changed; null invites somebody. */
  readonly member: MemberView | null;
  readonly groups: readonly WorkspaceGroupView[];
  /** How whoever makes an administrator proves that it is them. */
  readonly confirmBy: ConfirmBy;
  readonly onClose: () => void;
}

/** Invites a person, or changes what one may do and see. */
export function PersonDialog({ org, member, groups, confirmBy, onClose }: PersonDialogProps) {
  const change = useMembersAct(org);
  const [role, setRole] = useState<Role>(member?.role ?? "analyst");
  const [scope, setScope] = useState<MemberScope>(member?.scope ?? { kind: "all" });
  const [token, setToken] = useState<string | null>(null);
  const refused = refusedFields(change.error, shownFields);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (change.isPending) return;
    const fields = new FormData(event.currentTarget);
    const text = (name: string) => String(fields.get(name) ?? "");
    const proof = fields.has("password") ? { password: text("password") } : {};
    change.mutate(
      member
        ? {
            act: "change",
            personId: member.personId,
            role,
            scope,
            isDisabled: member.disabledAt !== null,
            ...proof,
          }
        : { act: "invite", email: text("email"), role, scope, ...proof },
      { onSuccess: (made) => ("token" in made ? setToken(made.token) : onClose()) },
    );
  };
  if (token !== null) return <LinkDialog token={token} onClose={onClose} />;
  const about = roleWords.find((words) => words.role === role)?.about;
  return (
    <Dialog
      open
      onClose={onClose}
      title={member ? `What ${member.name} may do and see` : "Invite a person"}
      footer={
        <>
          <Button onClick={onClose}>{member ? "Leave it as it is" : "Do not invite"}</Button>
          <Button type="submit" form="person" variant="primary" busy={change.isPending}>
            {member ? "Save" : "Make the link"}
          </Button>
        </>
      }
    >
      <form id="person" method="post" noValidate onSubmit={onSubmit} className="flex flex-col gap-4">
        {member ? null : (
          <TextField
            label="E-mail"
            name="email"
            type="email"
            autoComplete="off"
            spellCheck={false}
            error={refused?.email}
            required
          />
        )}
        <div>
          <Segmented
            label="Role"
            isLabelShown
            value={role}
            options={roleWords.map((words) => ({ value: words.role, label: words.label }))}
            onChange={setRole}
          />
          <p className="mt-1 text-12 text-quiet">{about}</p>
        </div>
        <ScopeFields org={org} scope={scope} groups={groups} refused={refused} onChange={setScope} />
        {makesAdmin(member, { role, scope }) ? (
          <OwnPasswordField confirmBy={confirmBy} error={refused?.password} />
        ) : null}
        {change.error && !refused ? (
          <FailureCallout
            error={change.error}
            onRetry={() => document.querySelector<HTMLFormElement>("#person")?.requestSubmit()}
            unaffected="Nothing was changed."
          />
        ) : null}
      </form>
    </Dialog>
  );
}

interface ScopeFieldsProps {
  readonly org: string;
  readonly scope: MemberScope;
  readonly groups: readonly WorkspaceGroupView[];
  readonly refused: ReturnType<typeof refusedFields<(typeof shownFields)[number]>>;
  readonly onChange: (scope: MemberScope) => void;
}

const startOf: Readonly<Record<MemberScope["kind"], MemberScope>> = {
  all: { kind: "all" },
  groups: { kind: "groups", groupIds: [] },
  list: { kind: "list", workspaceIds: [] },
};

function ScopeFields({ org, scope, groups, refused, onChange }: ScopeFieldsProps) {
  const known = useQuery(workspacesQuery(org));
  return (
    <>
      <Segmented
        label="Sees"
        isLabelShown
        value={scope.kind}
        options={[
          { value: "all", label: "All workspaces" },
          { value: "groups", label: "Groups" },
          { value: "list", label: "Single workspaces" },
        ]}
        onChange={(kind) => onChange(startOf[kind])}
      />
      {scope.kind === "groups" ? (
        <Ticks
          legend="Groups that the person sees"
          options={groups.map(({ id, name }) => ({ id, label: name }))}
          chosen={scope.groupIds}
          onChange={(groupIds) => onChange({ kind: "groups", groupIds })}
          none="There is no workspace group yet; make one on the page first."
          error={refused?.["scope.groupIds"]}
        />
      ) : null}
      {scope.kind === "list" ? (
        <Ticks
          legend="Workspaces that the person sees"
          options={(known.data ?? []).map(({ id, name }) => ({ id, label: name ?? id }))}
          chosen={scope.workspaceIds}
          onChange={(workspaceIds) => onChange({ kind: "list", workspaceIds })}
          none={known.isPending ? "Reading the workspaces" : "No workspace is known yet."}
          error={refused?.["scope.workspaceIds"]}
        />
      ) : null}
      {known.error && scope.kind === "list" ? (
        <FailureCallout
          error={known.error}
          onRetry={() => void known.refetch()}
          unaffected="What is chosen above stays."
        />
      ) : null}
    </>
  );
}
