"use client";

import { List, Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { useFormatTime } from "@/components/data/use-format-time";
import { describeFailure } from "@/components/data/failure-words";
import { cx } from "@/components/ui/class-names";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { Spinner } from "@/components/ui/spinner";
import { matchCommands } from "@/lib/domain/command-match";
import { describeCoverage } from "@/lib/domain/coverage";
import { findLeast } from "@/lib/domain/incident-find";
import { formatView } from "@/lib/domain/incident-view-codec";
import { findView } from "@/lib/queries/incident-find";
import { routes } from "@/lib/routes";
import { useSession } from "../session";
import { type Command, useCommands } from "./commands";
import { IncidentOption } from "./incident-option";
import { type FoundIncidents, useFoundIncidents } from "./use-found-incidents";

interface Option {
  readonly id: string;
  readonly group: string;
  readonly run: () => void;
  readonly draw: () => ReactNode;
}

/** Go to, find an incident, switch: everything by typing a few letters of it. */
export function CommandPalette(props: { readonly onClose: () => void; readonly onHelp: () => void }) {
  const { onClose, onHelp } = props;
  const id = useId();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const [openedAtMs] = useState(() => Date.now());
  const found = useFoundIncidents(text, openedAtMs);
  const options = useOptions(text, found, openedAtMs, onHelp);
  const active = Math.min(at, Math.max(0, options.length - 1));
  const choose = (option: Option | undefined) => {
    if (option === undefined) return;
    onClose();
    option.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextActive(event.key, active, options.length);
    if (next !== null) setAt(next);
    else if (event.key === "Enter") choose(options[active]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog open onClose={onClose} title="Search or jump" size="large" isBare>
      <div className="flex h-12 shrink-0 items-center gap-2 border-b border-line px-4">
        <Search aria-hidden="true" className="size-4 shrink-0 text-quiet" />
        <input
          role="combobox"
          aria-label="Search or jump"
          aria-expanded={options.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={options.length > 0 ? `${id}-${active}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder="A page, an incident’s number or title, an organisation, a setting"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
          className="h-full min-w-0 flex-1 bg-transparent text-14 text-strong outline-none placeholder:text-quiet"
        />
        <Kbd keys="Esc" />
      </div>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label="What fits"
        className="min-h-0 overflow-y-auto overscroll-contain p-1.5"
      >
        {options.map((option, index) => (
          <OptionLine
            key={option.id}
            id={`${id}-${index}`}
            option={option}
            heading={options[index - 1]?.group === option.group ? null : option.group}
            isActive={index === active}
            onPoint={() => setAt(index)}
            onChoose={() => choose(option)}
          />
        ))}
      </div>
      <FindStatus text={text} found={found} hasOptions={options.length > 0} />
    </Dialog>
  );
}

/** Where the arrow keys lead; null for every other key. Goes round at the ends. */
function nextActive(key: string, active: number, count: number): number | null {
  if (count === 0) return null;
  if (key === "ArrowDown") return (active + 1) % count;
  if (key === "ArrowUp") return (active + count - 1) % count;
  return null;
}

function useOptions(text: string, found: FoundIncidents, nowMs: number, onHelp: () => void): Option[] {
  const router = useRouter();
  const org = useSession().organisation.slug;
  const fitting = matchCommands(useCommands(onHelp), text);
  const commands = fitting.filter(({ isLast }) => !isLast).map(commandOption);
  const last = fitting.filter(({ isLast }) => isLast).map(commandOption);
  const incidents = found.rows.map((row): Option => {
    const key = { workspaceId: row.workspaceId, source: row.source, incidentId: row.id };
    return {
      id: `incident ${key.workspaceId} ${key.source} ${key.incidentId}`,
      group: "Incidents",
      run: () => router.push(routes.incident(org, key)),
      draw: () => <IncidentOption incident={row} />,
    };
  });
  if (found.state !== "idle")
    incidents.push({
      id: "all incidents",
      group: "Incidents",
      run: () => router.push(routes.incidents(org, formatView(findView(text.trim(), nowMs)))),
      draw: () => (
        <>
          <List aria-hidden="true" className="size-4 shrink-0 text-quiet" />
          <span className="min-w-0 truncate">All incidents of the last 30 days with “{text.trim()}”</span>
        </>
      ),
    });
  // What looks like a number, or fits no command, is a search for an incident.
  return /\d/.test(text) || commands.length === 0
    ? [...incidents, ...commands, ...last]
    : [...commands, ...incidents, ...last];
}

function commandOption({ id, label, icon: Icon, shortcut, run }: Command): Option {
  return {
    id,
    group: "Commands",
    run,
    draw: () => (
      <>
        <Icon aria-hidden="true" className="size-4 shrink-0 text-quiet" strokeWidth={1.75} />
        <span className="min-w-0 flex-1 truncate">{label}</span>
        {shortcut ? <Kbd keys={shortcut} /> : null}
      </>
    ),
  };
}

interface OptionLineProps {
  readonly id: string;
  readonly option: Option;
  readonly heading: string | null;
  readonly isActive: boolean;
  readonly onPoint: () => void;
  readonly onChoose: () => void;
}

function OptionLine({ id, option, heading, isActive, onPoint, onChoose }: OptionLineProps) {
  return (
    <>
      {heading === null ? null : (
        <p role="presentation" className="px-2 pt-2 pb-1 text-12 text-quiet">
          {heading}
        </p>
      )}
      <div
        id={id}
        ref={(element) => {
          if (isActive) element?.scrollIntoView({ block: "nearest" });
        }}
        role="option"
        aria-selected={isActive}
        onPointerMove={isActive ? undefined : onPoint}
        onClick={onChoose}
        className={cx(
          "flex min-h-9 cursor-default items-center gap-3 rounded-control px-2 text-13",
          isActive ? "bg-raised text-strong" : "text-normal",
        )}
      >
        {option.draw()}
      </div>
    </>
  );
}

/** What the incidents above rest on, or why there are none. */
function FindStatus(props: { text: string; found: FoundIncidents; hasOptions: boolean }) {
  const { text, found, hasOptions } = props;
  const formatTime = useFormatTime();
  const said = describeFound(found, formatTime);
  const isShort = text.trim().length > 0 && text.trim().length < findLeast;
  return (
    <p
      role="status"
      className="flex min-h-9 shrink-0 items-center gap-2 border-t border-line px-4 py-1.5 text-12 text-quiet"
    >
      {found.state === "asking" ? <Spinner className="size-3" /> : null}
      {found.state === "idle"
        ? hasOptions && !isShort
          ? "Arrow keys choose, Enter goes there."
          : `Type ${findLeast} characters or more to find incidents.`
        : said}
    </p>
  );
}

function describeFound(found: FoundIncidents, formatTime: (iso: string) => string): string {
  const { state, rows, error, coverage, hasMore } = found;
  if (state === "failed" && error !== null)
    return `${describeFailure(error).title}. Only incidents that were loaded before are shown.`;
  if (state === "asking") return "Asking ContraForce. What is shown was loaded before.";
  const count = rows.length === 0 ? "No incident found in the first answer" : `${rows.length} shown`;
  const rest = coverage === null ? "" : ` · ${describeCoverage(coverage, formatTime)}`;
  return `${count}${hasMore ? ", there may be more" : ""}${rest}`;
}
