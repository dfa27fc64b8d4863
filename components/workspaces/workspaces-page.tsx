"use client";

import { useCallback, useMemo, useRef, useState } from "react";
import type { ListHandle } from "@/components/data/list/list-grid";
import { NeedsPermission } from "@/components/shell/needs-permission";
import { useSession } from "@/components/shell/session";
import { onDemand } from "@/components/ui/on-demand";
import type { WorkspaceRow } from "@/lib/domain/workspace-desk";
import { BulkBar } from "./bulk-bar";
import { WorkspaceFilters } from "./filters";
import { TickContext } from "./ticks";
import { useWorkspaceDesk } from "./use-workspace-desk";
import { useWorkspacesView } from "./use-workspaces-view";
import { queueAtMost, queueHref } from "./words";
import { WorkspaceList } from "./workspace-list";

/** Their code comes with the first look at them. */
const EditDialog = onDemand(() => import("./edit-dialog").then((module) => module.EditDialog));
const BulkDialog = onDemand(() => import("./bulk-dialog").then((module) => module.BulkDialog));
const GroupsDialog = onDemand(() => import("./groups-dialog").then((module) => module.GroupsDialog));

/** Every workspace that the person may see: what it is called, what it is counted to, and what was read of it. */
export function WorkspacesPage() {
  return (
    <NeedsPermission permission="workspaces:read" title="Workspaces are not part of your role">
      <Workspaces />
    </NeedsPermission>
  );
}

type Opened = { readonly kind: "edit"; readonly id: string } | { readonly kind: "bulk" | "groups" };

/** What is ticked, of the rows that there are. */
function useTicks() {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(() => new Set());
  const toggle = useCallback(
    (id: string) =>
      setTicked((held) => {
        const next = new Set(held);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    [],
  );
  const put = useCallback((ids: readonly string[]) => setTicked(new Set(ids)), []);
  return { ticked, toggle, put };
}

function Workspaces() {
  const org = useSession().organisation.slug;
  const view = useWorkspacesView();
  const desk = useWorkspaceDesk(view);
  const { ticked, toggle, put } = useTicks();
  const [opened, setOpened] = useState<Opened | null>(null);
  const searchRef = useRef<HTMLInputElement>(null);
  const gridRef = useRef<ListHandle>(null);
  const { data } = desk.query;
  const mayManage = data?.mayManage ?? false;
  const ticks = useMemo(() => (mayManage ? { ticked, toggle } : null), [mayManage, ticked, toggle]);
  // A row that was filtered away is not changed unseen.
  const chosen = desk.rows.filter(({ id }) => ticked.has(id));
  const edit = (row: WorkspaceRow | null) => {
    if (chosen.length > 0) setOpened({ kind: "bulk" });
    else if (row) setOpened({ kind: "edit", id: row.id });
  };
  const edited = opened?.kind === "edit" ? desk.all.find(({ id }) => id === opened.id) : undefined;
  const close = () => setOpened(null);
  return (
    <TickContext value={ticks}>
      <div className="flex h-full min-h-0 flex-col">
        <WorkspaceFilters
          view={view}
          tags={desk.tags}
          groups={data?.groups ?? []}
          hidden={desk.all.filter(({ profile }) => profile.hidden !== null).length}
          queue={
            view.isNarrowed && desk.rows.length > 0 && desk.rows.length <= queueAtMost
              ? queueHref(
                  org,
                  desk.rows.map(({ id }) => id),
                )
              : null
          }
          onGroups={data?.mayKeepGroups ? () => setOpened({ kind: "groups" }) : null}
          searchRef={searchRef}
          onLeaveSearch={() => gridRef.current?.focus()}
        />
        <WorkspaceList
          desk={desk}
          view={view}
          searchRef={searchRef}
          gridRef={gridRef}
          onEdit={mayManage ? edit : null}
          onTick={mayManage ? toggle : null}
          onTickAll={mayManage ? () => put(desk.rows.map(({ id }) => id)) : null}
          onUntick={chosen.length > 0 ? () => put([]) : null}
        />
        {chosen.length > 0 ? (
          <BulkBar rows={chosen} onChange={() => setOpened({ kind: "bulk" })} onClear={() => put([])} />
        ) : null}
      </div>
      {edited && data ? <EditDialog row={edited} overview={data} onClose={close} /> : null}
      {opened?.kind === "bulk" && data ? (
        <BulkDialog
          rows={chosen}
          overview={data}
          onDone={() => {
            put([]);
            close();
          }}
          onClose={close}
        />
      ) : null}
      {opened?.kind === "groups" && data ? <GroupsDialog overview={data} onClose={close} /> : null}
    </TickContext>
  );
}
