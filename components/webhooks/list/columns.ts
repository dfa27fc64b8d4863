import type { ListColumn } from "@/components/data/list/list-column";
import type { Webhook } from "@/lib/contract/shapes/webhook";
import {
  AddressCell,
  EventsCell,
  LastErrorCell,
  LastSuccessCell,
  LatencyCell,
  NameCell,
  RateCell,
  StateCell,
} from "./cells";

/** From here on the table scrolls sideways. */
export const webhookListWidth = "min-w-[1040px]";

const place = (wide: string, card: string) => `${wide} ${card}`;

/** In the order in which they stand. */
export const webhookColumns: readonly ListColumn<Webhook>[] = [
  {
    id: "name",
    label: "Name",
    Cell: NameCell,
    place: place(
      "basis-52 grow-3 pl-4!",
      "@max-[560px]/list:col-span-2 @max-[560px]/list:col-start-1 @max-[560px]/list:row-start-1",
    ),
  },
  {
    id: "state",
    label: "State",
    Cell: StateCell,
    place: place(
      "basis-32",
      "@max-[560px]/list:col-start-3 @max-[560px]/list:row-start-1 @max-[560px]/list:justify-end",
    ),
  },
  {
    id: "rate",
    label: "Delivered, 24 h",
    Cell: RateCell,
    place: place(
      "basis-40",
      "@max-[560px]/list:col-span-2 @max-[560px]/list:col-start-1 @max-[560px]/list:row-start-2 @max-[560px]/list:pl-4!",
    ),
  },
  {
    id: "success",
    label: "Last success",
    Cell: LastSuccessCell,
    place: place("basis-28", "@max-[560px]/list:hidden"),
  },
  {
    id: "error",
    label: "Last error",
    Cell: LastErrorCell,
    place: place("basis-44 grow", "@max-[560px]/list:hidden"),
  },
  {
    id: "latency",
    label: "p95",
    Cell: LatencyCell,
    end: true,
    // In a card a bare figure would say nothing.
    place: place("basis-20", "@max-[560px]/list:hidden"),
  },
  {
    id: "address",
    label: "Sends to",
    Cell: AddressCell,
    place: place("basis-44 grow", "@max-[560px]/list:hidden"),
  },
  {
    id: "events",
    label: "Events",
    Cell: EventsCell,
    place: place("basis-44 grow pr-4!", "@max-[560px]/list:hidden"),
  },
];
