import type { ListColumn } from "@/components/data/list/list-column";
import type { DeliveryRow } from "@/lib/domain/webhook-deliveries";
import {
  AgeCell,
  AnswerCell,
  AttemptCell,
  EventCell,
  LatencyCell,
  OutcomeCell,
  SubjectCell,
  WebhookCell,
  WorkspaceCell,
} from "./cells";

/** From here on the table scrolls sideways. */
export const deliveryListWidth = "min-w-[1184px]";

const hidden = "@max-[560px]/list:hidden";
type Column = ListColumn<DeliveryRow>;

const webhook: Column = {
  id: "webhook",
  label: "Webhook",
  Cell: WebhookCell,
  place: `basis-36 grow ${hidden}`,
};

const before: readonly Column[] = [
  {
    id: "outcome",
    label: "Outcome",
    Cell: OutcomeCell,
    place:
      "basis-28 pl-4! @max-[560px]/list:col-span-2 @max-[560px]/list:col-start-1 @max-[560px]/list:row-start-2",
  },
  { id: "workspace", label: "Workspace", Cell: WorkspaceCell, place: `basis-40 grow ${hidden}` },
  {
    id: "subject",
    label: "Subject",
    Cell: SubjectCell,
    place:
      // On a phone the line is the subject's, but for the age at its end.
      "basis-52 grow-5 @max-[560px]/list:col-span-3 @max-[560px]/list:col-start-1 @max-[560px]/list:row-start-1 @max-[560px]/list:pl-4! @max-[560px]/list:pr-24!",
  },
  { id: "event", label: "Event", Cell: EventCell, place: `basis-36 grow ${hidden}` },
];

const after: readonly Column[] = [
  {
    id: "answer",
    label: "Answer",
    Cell: AnswerCell,
    place:
      "basis-36 grow-2 @max-[560px]/list:col-start-3 @max-[560px]/list:row-start-2 @max-[560px]/list:max-w-40 @max-[560px]/list:justify-end",
  },
  { id: "attempt", label: "Attempt", Cell: AttemptCell, place: `basis-28 ${hidden}` },
  { id: "latency", label: "Latency", Cell: LatencyCell, end: true, place: `basis-20 ${hidden}` },
  {
    id: "age",
    label: "Age",
    Cell: AgeCell,
    end: true,
    place: "basis-20 pr-4! @max-[560px]/list:col-start-3 @max-[560px]/list:row-start-1",
  },
];

/** Over all webhooks. */
export const allDeliveryColumns: readonly Column[] = [...before, webhook, ...after];
/** Of one webhook, whose name stands above. */
export const oneWebhookColumns: readonly Column[] = [...before, ...after];
