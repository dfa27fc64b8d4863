"use client";

import { type FormEvent, useState } from "react";
import { FailureCallout } from "@/components/data/failure-panel";
import { useSession } from "@/components/shell/session";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Segmented } from "@/components/ui/segmented";
import { TextField } from "@/components/ui/text-field";
import { toast } from "@/components/ui/toast";
import { refusedFields } from "@/lib/client/call-error";
import { undoOf, type WorkspaceRow, type WorkspacesChange } from "@/lib/domain/workspace-desk";
import {
  changedAtOnce,
  parseTags,
  type WorkspaceProfile,
  type WorkspacesOverview,
} from "@/lib/domain/workspace-profile";
import { useBulkChange } from "@/lib/queries/workspace-profiles";
import { GroupTicks } from "./group-ticks";
import { ReasonField } from "./hide-fields";
import { fewNames } from "./words";

export interface BulkDialogProps {
  readonly rows: readonly WorkspaceRow[];
  readonly overview: WorkspacesOverview;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

type Hiding = "stay" | "hide" | "show";
const hidings: readonly { value: Hiding; label: string }[] = [
  { value: "stay", label: "Leave as it is" },
  { value: "hide", label: "Hide" },
  { value: "show", label: "Show again" },
];

const count = (n: number) => (n === 1 ? "1 workspace" : `${n} workspaces`);

/** Tags, groups and hiding of several workspaces at once: names them, and says before what is done. */
export function BulkDialog({ rows, overview, onDone, onClose }: BulkDialogProps) {
  const org = useSession().organisation.slug;
  const bulk = useBulkChange(org);
  const undo = useBulkChange(org);
  const [added, setAdded] = useState<readonly string[]>([]);
  const [removed, setRemoved] = useState<readonly string[]>([]);
  const [hiding, setHiding] = useState<Hiding>("stay");
  const ids = rows.map(({ id }) => id);
  const refused = refusedFields(bulk.error, [
    "tags.add",
    "tags.remove",
    "tags",
    "groups",
    "hidden.reason",
    "name",
  ]);
  // By its promise: by then the dialog is gone, and with it whatever it waits for.
  const changeBack = (
    before: readonly WorkspaceProfile[],
    change: WorkspacesChange,
    group: string,
  ): Promise<void> =>
    undo.mutateAsync({ changes: undoOf(before, change), group: null }).then(
      () => toast(`Changed back ${count(before.length)}${group === "" ? "" : `; the group ${group} stays`}`),
      (error: Error) => toast(`Not changed back: ${error.message}`, { tone: "danger" }),
    );
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (bulk.isPending) return;
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "").trim();
    const change: WorkspacesChange = {
      workspaceIds: ids,
      tags: { add: parseTags(text("addTags")), remove: parseTags(text("removeTags")) },
      groups: { add: added, remove: removed.filter((id) => !added.includes(id)) },
      ...(hiding === "hide" && { hidden: { reason: text("reason") } }),
      ...(hiding === "show" && { hidden: null }),
    };
    const name = text("newGroup");
    const before = rows.map(({ profile }) => profile);
    bulk.mutate(
      { changes: [change], group: name === "" ? null : { name, workspaceIds: ids } },
      {
        onSuccess: () => {
          toast(`Changed ${count(ids.length)}`, {
            action: {
              label: "Undo",
              run: () => void changeBack(before, change, name),
            },
          });
          onDone();
        },
      },
    );
  };
  const verb = hiding === "hide" ? `Hide ${count(ids.length)}` : `Change ${count(ids.length)}`;
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Change ${count(ids.length)}`}
      description={fewNames(rows)}
      footer={
        <>
          <Button onClick={onClose}>Leave them as they are</Button>
          <Button
            type="submit"
            form="workspaces"
            variant="primary"
            busy={bulk.isPending}
            disabled={ids.length > changedAtOnce}
          >
            {verb}
          </Button>
        </>
      }
    >
      <form id="workspaces" method="post" noValidate onSubmit={onSubmit} className="flex flex-col gap-4">
        {ids.length > changedAtOnce ? (
          <p role="alert" className="text-13 text-danger">
            {count(changedAtOnce)} can be changed at once. Untick some.
          </p>
        ) : null}
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label="Add tags"
            name="addTags"
            error={refused?.["tags.add"] ?? refused?.tags}
            hint="With commas between them"
            autoComplete="off"
          />
          <TextField
            label="Take off tags"
            name="removeTags"
            error={refused?.["tags.remove"]}
            hint={tagsHeld(rows)}
            autoComplete="off"
          />
        </div>
        <div className="grid gap-4 sm:grid-cols-2">
          <GroupTicks
            legend="Put into groups"
            groups={overview.groups}
            chosen={added}
            onChange={setAdded}
            error={refused?.groups}
          />
          <GroupTicks
            legend="Take out of groups"
            groups={overview.groups.filter(({ id }) => rows.some((row) => row.profile.groupIds.includes(id)))}
            chosen={removed}
            onChange={setRemoved}
            none="They are in no group."
          />
        </div>
        {overview.mayKeepGroups ? (
          <TextField
            label="Put into a new group"
            name="newGroup"
            maxLength={80}
            error={refused?.name}
            hint="Name of the group; empty for none"
            autoComplete="off"
          />
        ) : null}
        <div className="flex flex-col gap-3">
          <p className="-mb-1.5 text-13 font-medium text-normal">In the list of workspaces</p>
          <Segmented
            label="In the list of workspaces"
            value={hiding}
            options={hidings}
            onChange={setHiding}
          />
          {hiding === "hide" ? <ReasonField error={refused?.["hidden.reason"]} /> : null}
        </div>
        {bulk.error && !refused ? (
          <FailureCallout
            error={bulk.error}
            onRetry={() => document.querySelector<HTMLFormElement>("#workspaces")?.requestSubmit()}
            unaffected="The list shows what was changed; doing it again changes only what was not."
          />
        ) : null}
      </form>
    </Dialog>
  );
}

/** The tags that there are to take off. */
function tagsHeld(rows: readonly WorkspaceRow[]): string {
  const held = [...new Set(rows.flatMap(({ profile }) => profile.tags))].sort();
  return held.length === 0 ? "None of them has one" : `They have ${held.join(", ")}`;
}
