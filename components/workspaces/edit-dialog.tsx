"use client";

import { type FormEvent, useState } from "react";
import { FailureCallout } from "@/components/data/failure-panel";
import { useSession } from "@/components/shell/session";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/text-field";
import { toast } from "@/components/ui/toast";
import { Toggle } from "@/components/ui/toggle";
import { CallError, refusedFields } from "@/lib/client/call-error";
import type { WorkspaceRow } from "@/lib/domain/workspace-desk";
import { type GroupProfile, ownNameMax, parseTags } from "@/lib/domain/workspace-profile";
import { type ProfileChange, useProfileChange } from "@/lib/queries/workspace-profiles";
import { GroupTicks } from "./group-ticks";
import { ReasonField } from "./hide-fields";
import { calledIn } from "./words";

export interface EditDialogProps {
  /** As it is now: follows while the dialog is open. */
  readonly row: WorkspaceRow;
  readonly overview: { readonly groups: readonly GroupProfile[] };
  readonly onClose: () => void;
}

const isConflict = (error: Error | null) => error instanceof CallError && error.code === "CONFLICT";

/** Name, tags, groups of one workspace, and whether it is hidden. What is typed stays when somebody else was faster. */
export function EditDialog({ row, overview, onClose }: EditDialogProps) {
  const org = useSession().organisation.slug;
  const change = useProfileChange(org);
  // What was there when it was opened; what is changed is the difference to it.
  const [before, setBefore] = useState(row.profile);
  const [groupIds, setGroupIds] = useState(row.profile.groupIds);
  const [isHidden, setHidden] = useState(row.profile.hidden !== null);
  const refused = refusedFields(change.error, ["ownName", "tags", "groups", "hidden.reason"]);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (change.isPending) return;
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "");
    const reason = text("reason").trim();
    const input: ProfileChange = {
      id: row.id,
      revision: before.revision,
      ownName: text("ownName"),
      tags: parseTags(text("tags")),
      ...(isHidden ? { hidden: { reason } } : { hidden: null }),
      groups: {
        add: groupIds.filter((id) => !before.groupIds.includes(id)),
        remove: before.groupIds.filter((id) => !groupIds.includes(id)),
      },
    };
    change.mutate(input, {
      onSuccess: () => {
        toast(`Saved ${text("ownName").trim() || calledIn({ ...row, name: before.upstreamName })}`);
        onClose();
      },
    });
  };
  const isBehind = isConflict(change.error) && row.profile.revision !== before.revision;
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Change ${calledIn(row)}`}
      footer={
        <>
          <Button onClick={onClose}>Leave it as it is</Button>
          <Button type="submit" form="workspace" variant="primary" busy={change.isPending}>
            Save
          </Button>
        </>
      }
    >
      <form id="workspace" method="post" noValidate onSubmit={onSubmit} className="flex flex-col gap-4">
        <TextField
          label="Name here"
          name="ownName"
          maxLength={ownNameMax}
          defaultValue={before.ownName ?? ""}
          placeholder={before.upstreamName ?? undefined}
          error={refused?.ownName}
          hint={
            before.upstreamName === null
              ? "ContraForce has not named it so far."
              : `ContraForce calls it ${before.upstreamName}. Leave it empty to use that.`
          }
          autoComplete="off"
        />
        <TextField
          label="Tags"
          name="tags"
          defaultValue={before.tags.join(", ")}
          error={refused?.tags}
          hint="A word or two each, with commas between them: tier 1, eu, on-call north"
          autoComplete="off"
        />
        <GroupTicks
          legend="Groups"
          groups={overview.groups}
          chosen={groupIds}
          onChange={setGroupIds}
          error={refused?.groups}
        />
        <div className="flex flex-col gap-3">
          <Toggle
            label="Hide it from the list of workspaces"
            checked={isHidden}
            onChange={setHidden}
            className="w-fit"
          />
          {isHidden ? (
            <ReasonField defaultValue={before.hidden?.reason} error={refused?.["hidden.reason"]} />
          ) : null}
        </div>
        {change.error && !refused ? (
          <FailureCallout
            error={change.error}
            retryLabel={isBehind ? "Save mine over it" : undefined}
            onRetry={() => {
              if (isBehind) setBefore(row.profile);
              requestAnimationFrame(() =>
                document.querySelector<HTMLFormElement>("#workspace")?.requestSubmit(),
              );
            }}
            unaffected={isBehind ? nowWords(row) : "Nothing was changed."}
          />
        ) : null}
      </form>
    </Dialog>
  );
}

/** What somebody else made of it in the meantime. */
function nowWords({ profile }: WorkspaceRow): string {
  const { ownName, tags, hidden } = profile;
  return [
    `Now it is called ${ownName ?? profile.upstreamName ?? "nothing"}`,
    tags.length > 0 ? `has the tags ${tags.join(", ")}` : "has no tag",
    hidden ? `and is hidden (${hidden.reason}).` : "and is not hidden.",
  ].join(", ");
}
