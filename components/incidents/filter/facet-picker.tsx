"use client";

import { Search } from "lucide-react";
import { useMemo, useState, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Segmented } from "@/components/ui/segmented";
import { TextField } from "@/components/ui/text-field";
import { countFacet, type Facet } from "@/lib/domain/incident-filter";
import { facetOptions, localFacets } from "@/lib/domain/incident-filter-facets";
import type { LocalFilter } from "@/lib/domain/incident-view";
import type { IncidentLedger } from "@/lib/queries/incident-ledger";
import { useDraft } from "./use-draft";

export interface FacetPickerProps {
  readonly facet: Facet;
  readonly choice: LocalFilter;
  readonly onChoose: (choice: LocalFilter) => void;
  readonly ledger: IncidentLedger;
  /** Values that exist without a loaded row. */
  readonly known: readonly { readonly value: string; readonly label: string }[];
  readonly labelOf: (value: string) => string;
}

/** A list longer than this can be searched. */
const searchableFrom = 9;
/** More lines than this are searched for, not scrolled to. */
const linesMax = 200;
/** Pause after the last tick before upstream is asked. */
const commitAfterMs = 400;

/** The values of one facet to tick, with counts over what is loaded. */
export function FacetPicker(props: FacetPickerProps) {
  const { facet, ledger, known, labelOf } = props;
  const isLocal = localFacets.has(facet);
  const [choice, choose] = useDraft(props.choice, props.onChoose, isLocal ? 0 : commitAfterMs);
  const [words, setWords] = useState("");
  const { version, loaded, figures } = useSyncExternalStore(
    ledger.subscribe,
    ledger.getState,
    ledger.getState,
  );
  // What the register asks for is counted there, over everything; what chooses among the loaded rows, among those.
  const counted = isLocal ? null : (figures?.facets[facet] ?? null);
  const options = useMemo(
    () =>
      facetOptions(
        facet,
        counted ?? countFacet(ledger.all(), facet),
        choice,
        known,
        labelOf,
        counted !== null,
      ),
    // The ledger changes in place; its version tells when.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [facet, ledger, version, counted, choice, known, labelOf],
  );
  const wanted = words.trim().toLowerCase();
  const found = options.filter(({ label, value }) => `${label} ${value}`.toLowerCase().includes(wanted));
  const toggle = (value: string) => {
    const isChosen = choice.values.includes(value);
    const values = isChosen ? choice.values.filter((held) => held !== value) : [...choice.values, value];
    choose({ mode: choice.mode, values });
  };
  const isAddress = facet === "owner" && /^\S+@\S+$/.test(wanted) && !options.some((o) => o.value === wanted);

  return (
    <div className="flex w-72 max-w-[calc(100vw-32px)] flex-col">
      {isLocal || options.length >= searchableFrom || facet === "owner" ? (
        <div className="flex flex-col gap-2 border-b border-line p-2">
          {isLocal ? (
            <Segmented
              label="Keep or leave out"
              value={choice.mode}
              options={[
                { value: "any", label: "is one of" },
                { value: "none", label: "is none of" },
              ]}
              onChange={(mode) => choose({ mode, values: choice.values })}
              className="self-start"
            />
          ) : null}
          {options.length >= searchableFrom || facet === "owner" ? (
            <TextField
              label={facet === "owner" ? "Find a name, or type an e-mail address" : "Find a value"}
              hideLabel
              placeholder={facet === "owner" ? "Name or e-mail address" : "Find"}
              size="small"
              lead={<Search aria-hidden="true" className="size-3.5" />}
              value={words}
              onChange={(event) => setWords(event.target.value)}
              data-autofocus=""
            />
          ) : null}
        </div>
      ) : null}
      <ul className="max-h-80 overflow-y-auto p-1">
        {found.slice(0, linesMax).map(({ value, label, rows }) => (
          <li key={value}>
            <Checkbox
              label={label}
              checked={choice.values.includes(value)}
              onChange={() => toggle(value)}
              trail={
                rows === null ? (
                  <span data-tip="Not loaded by this filter">–</span>
                ) : (
                  rows.toLocaleString("en")
                )
              }
              className="h-8 rounded-control px-2 text-strong hover:bg-raised"
            />
          </li>
        ))}
        {isAddress ? (
          <li>
            <Button variant="quiet" className="w-full justify-start" onClick={() => toggle(wanted)}>
              Owner {wanted}
            </Button>
          </li>
        ) : null}
        {found.length === 0 && !isAddress ? (
          <li className="px-2 py-3 text-13 text-quiet">No such value</li>
        ) : null}
      </ul>
      <p className="border-t border-line px-3 py-2 text-12 text-quiet">
        {counted === null
          ? `Counts of ${loaded.toLocaleString("en")} loaded. ${isLocal ? "Chooses among these." : "Asked of ContraForce."}`
          : "Counts of all that the other filters let pass."}
      </p>
    </div>
  );
}
