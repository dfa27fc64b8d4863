"use client";

import Link from "next/link";
import type { Ref } from "react";
import { Choice } from "@/components/data/choice";
import { MultiChoice } from "@/components/data/multi-choice";
import { SearchBox } from "@/components/data/search-box";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { Toggle } from "@/components/ui/toggle";
import { readStates } from "@/lib/domain/workspace-desk";
import type { GroupProfile } from "@/lib/domain/workspace-profile";
import type { WorkspacesViewControl } from "./use-workspaces-view";
import { stateWords } from "./words";

export interface WorkspaceFiltersProps {
  readonly view: WorkspacesViewControl;
  /** Tags that some workspace has. */
  readonly tags: readonly string[];
  readonly groups: readonly GroupProfile[];
  /** Hidden workspaces, whether or not the filter finds them. */
  readonly hidden: number;
  /** The queue of what is listed; null where that is everything, nothing, or too much for an address. */
  readonly queue: string | null;
  /** Opens the groups, for who may keep them. */
  readonly onGroups: (() => void) | null;
  readonly searchRef: Ref<HTMLInputElement>;
  readonly onLeaveSearch: () => void;
}

/** Which workspaces are listed. */
export function WorkspaceFilters({
  view,
  tags,
  groups,
  hidden,
  queue,
  onGroups,
  searchRef,
  onLeaveSearch,
}: WorkspaceFiltersProps) {
  const { filter, narrow } = view;
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-2">
      <SearchBox
        ref={searchRef}
        label="Find by name, id, tag or group"
        text={filter.text}
        onSearch={(text) => narrow({ text })}
        onLeave={onLeaveSearch}
        className="w-64 max-sm:w-full"
      />
      <MultiChoice
        name="Tag"
        none="any"
        values={filter.tags}
        options={[...new Set([...tags, ...filter.tags])].map((tag) => ({ value: tag, label: tag }))}
        onChange={(chosen) => narrow({ tags: chosen })}
      />
      <MultiChoice
        name="Group"
        none="any"
        values={filter.groupIds}
        options={groups.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(chosen) => narrow({ groupIds: chosen })}
      />
      <Choice
        name="State"
        none="any"
        value={filter.state}
        options={readStates.map((state) => ({ value: state, label: stateWords[state] }))}
        onChange={(state) => narrow({ state })}
      />
      {hidden > 0 || filter.isHiddenShown ? (
        <Toggle
          label={`Show hidden (${hidden.toLocaleString("en")})`}
          checked={filter.isHiddenShown}
          onChange={(isHiddenShown) => narrow({ isHiddenShown })}
        />
      ) : null}
      {view.isNarrowed ? (
        <Button variant="quiet" size="small" onClick={view.clear}>
          Clear filters
        </Button>
      ) : null}
      {queue !== null ? (
        <Link href={queue} prefetch={false} className={buttonClass("quiet", "small")}>
          Show these in the queue
        </Link>
      ) : null}
      <span className="flex-1" />
      {onGroups ? <Button onClick={onGroups}>Manage groups</Button> : null}
    </div>
  );
}
