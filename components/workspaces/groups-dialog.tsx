"use client";

import { type FormEvent, useState } from "react";
import { FailureCallout } from "@/components/data/failure-panel";
import { useSession } from "@/components/shell/session";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/text-field";
import { refusedFields } from "@/lib/client/call-error";
import type { GroupProfile, WorkspacesOverview } from "@/lib/domain/workspace-profile";
import { useGroupAct } from "@/lib/queries/workspace-profiles";

export interface GroupsDialogProps {
  readonly overview: WorkspacesOverview;
  readonly onClose: () => void;
}

/** The workspace groups: what they are called, how much is in them, and whether people's sight rests on them. */
export function GroupsDialog({ overview, onClose }: GroupsDialogProps) {
  const { groups, workspaces } = overview;
  const sizeOf = (id: string) => workspaces.filter(({ groupIds }) => groupIds.includes(id)).length;
  return (
    <Dialog
      open
      onClose={onClose}
      title="Workspace groups"
      description="Tick workspaces in the list to put them into a group or to make a new one. A group that somebody's sight rests on is changed by administrators who see all workspaces."
      footer={
        <Button variant="primary" onClick={onClose} data-autofocus="">
          Done
        </Button>
      }
    >
      {groups.length === 0 ? <p className="text-13 text-quiet">There is no group yet.</p> : null}
      <ul className="flex flex-col">
        {groups.map((group) => (
          <li key={group.id} className="border-t border-line py-2 text-13 first:border-t-0">
            <Group group={group} size={sizeOf(group.id)} />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

type Mode = "look" | "rename" | "remove";

function Group({ group, size }: { readonly group: GroupProfile; readonly size: number }) {
  const org = useSession().organisation.slug;
  const act = useGroupAct(org);
  const [mode, setMode] = useState<Mode>("look");
  const { id, name, isForSight, mayChange } = group;
  const done = { onSuccess: () => setMode("look") };
  const refused = refusedFields(act.error, ["name"]);
  const rename = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const next = String(new FormData(event.currentTarget).get("name") ?? "");
    act.mutate({ act: "rename", id, name: next }, done);
  };
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p className="min-w-0 flex-1 basis-48">
          <span className="font-medium wrap-anywhere text-strong">{name}</span>
          <span className="block text-12 text-quiet">
            {size === 1 ? "1 workspace" : `${size} workspaces`}
            {isForSight ? " · people's sight rests on it" : ""}
          </span>
        </p>
        {mayChange && mode === "look" ? (
          <>
            <Button size="small" aria-label={`Rename ${name}`} onClick={() => setMode("rename")}>
              Rename
            </Button>
            <Button size="small" aria-label={`Delete ${name}`} onClick={() => setMode("remove")}>
              Delete
            </Button>
          </>
        ) : null}
      </div>
      {mode === "rename" ? (
        <form noValidate onSubmit={rename} className="mt-2 flex items-start gap-2">
          <TextField
            label={`New name of ${name}`}
            hideLabel
            name="name"
            maxLength={80}
            defaultValue={name}
            error={refused?.name}
            autoComplete="off"
            autoFocus
            className="flex-1"
          />
          <Button onClick={() => setMode("look")}>Leave it</Button>
          <Button type="submit" variant="primary" busy={act.isPending}>
            Rename
          </Button>
        </form>
      ) : null}
      {mode === "remove" ? (
        <div className="mt-2 flex flex-wrap items-center gap-2">
          <p className="min-w-0 flex-1 basis-48 text-normal">Delete the group {name}? Its workspaces stay.</p>
          <Button onClick={() => setMode("look")}>Keep {name}</Button>
          <Button
            variant="danger"
            busy={act.isPending}
            onClick={() => act.mutate({ act: "remove", id }, done)}
          >
            Delete {name}
          </Button>
        </div>
      ) : null}
      {act.error && !refused ? (
        <FailureCallout
          error={act.error}
          onRetry={() => act.reset()}
          retryLabel="Look again"
          unaffected="Nothing was changed."
          className="mt-2"
        />
      ) : null}
    </>
  );
}
