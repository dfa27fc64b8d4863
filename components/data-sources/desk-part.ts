import type { RefObject } from "react";
import type { ListHandle } from "@/components/data/list/list-grid";
import type { Desk } from "./use-desk";
import type { DeskViewControl } from "./use-desk-view";

/** What each of the desk's views gets. */
export interface DeskPartProps {
  readonly desk: Desk;
  readonly view: DeskViewControl;
  readonly searchRef: RefObject<HTMLInputElement | null>;
  readonly gridRef: RefObject<ListHandle | null>;
}
