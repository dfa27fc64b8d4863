"use client";

import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { FailureCallout } from "@/components/data/failure-panel";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/text-field";
import { refusedFields } from "@/lib/client/call-error";
import type { WorkspaceGroupView } from "@/lib/domain/members";
import { useMembersAct } from "@/lib/queries/members";
import { workspacesQuery } from "@/lib/queries/workspaces";
import { Ticks } from "@/components/data/ticks";

export interface GroupDialogProps {
  readonly org: string;
  /** Null makes a new one. */
  readonly group: WorkspaceGroupView | null;
  readonly onClose: () => void;
}

/** Name and workspaces of a group. */
export function GroupDialog({ org, group, onClose }: GroupDialogProps) {
  const change = useMembersAct(org);
  const known = useQuery(workspacesQuery(org));
  const [workspaceIds, setWorkspaceIds] = useState<readonly string[]>(group?.workspaceIds ?? []);
  const refused = refusedFields(change.error, ["name", "workspaceIds"]);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (change.isPending) return;
    const name = String(new FormData(event.currentTarget).get("name") ?? "");
    change.mutate({ act: "group", id: group?.id ?? null, name, workspaceIds }, { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={group ? `Change the group ${group.name}` : "Make a workspace group"}
      description="Who is limited to a group sees its workspaces as they are now, and follows every change."
      footer={
        <>
          <Button onClick={onClose}>Leave it as it is</Button>
          <Button type="submit" form="group" variant="primary" busy={change.isPending}>
            Save
          </Button>
        </>
      }
    >
      <form id="group" method="post" noValidate onSubmit={onSubmit} className="flex flex-col gap-4">
        <TextField
          label="Name"
          name="name"
          maxLength={80}
          defaultValue={group?.name}
          error={refused?.name}
          autoComplete="off"
          required
        />
        <Ticks
          legend="Workspaces"
          options={(known.data ?? []).map(({ id, name }) => ({ id, label: name ?? id }))}
          chosen={workspaceIds}
          onChange={setWorkspaceIds}
          none={known.isPending ? "Reading the workspaces" : "No workspace is known yet."}
          error={refused?.workspaceIds}
        />
        {known.error ? (
          <FailureCallout
            error={known.error}
            onRetry={() => void known.refetch()}
            unaffected="What is chosen above stays."
          />
        ) : null}
        {change.error && !refused ? (
          <FailureCallout
            error={change.error}
            onRetry={() => document.querySelector<HTMLFormElement>("#group")?.requestSubmit()}
            unaffected="Nothing was changed."
          />
        ) : null}
      </form>
    </Dialog>
  );
}
