import type { Analyst } from "../data/people";
import { between, chance, guid, mix, pick } from "../random/hash";
import type { Instant } from "../time/clock";
import { dateTime, minuteMs } from "../time/instant";
import type { Stream, Stub } from "../world/model";
import { stateAt } from "./lifecycle";
import { castOf, incidentHash } from "./profile";
import type { Telling } from "./row";

const remarks: readonly ((user: string) => string)[] = [
  (user) => `Called ${user}, no answer. Trying again at the top of the hour.`,
  () => "Waiting for the customer's change window.\r\nTicket updated.",
  (user) =>
    `<p>Spoke to <b>${user}</b>: <i>“that was me, on holiday”</i>.</p><ul><li>VPN confirmed</li><li>MFA healthy</li></ul>`,
  () => "同じ端末で先週も発生。既知の誤検知。",
  () => "Escalated to Tier 2 – see https://wiki.example.test/runbooks?id=42&v=3#step-2",
  (user) => `<img src=x onerror="alert('xss from ${user}')"> pasted from the e-mail, do not click`,
];

/** A long report as the delivery agents write them: Markdown with a table. */
function agentReport(user: string, ip: string): string {
  return [
    "## Investigation summary",
    `The sign-in of **${user}** from \`${ip}\` was compared with 30 days of history.`,
    "",
    "| Check | Result |",
    "| --- | --- |",
    "| Address seen before | no |",
    "| Device compliant | yes |",
    "| Mail rules changed | no |",
    "",
    "> Verdict: **likely benign**, confidence 0.82",
    "",
    ...Array.from(
      { length: 12 },
      (_, step) => `${step + 1}. Queried source ${step + 1} and found nothing of note.`,
    ),
  ].join("\n");
}

interface CommentDraft {
  readonly at: Instant;
  readonly message: string | null;
  readonly author: Analyst | null;
  readonly kind: "person" | "agent" | "activity" | "closing";
  readonly ticketNote: boolean;
}

function draftsOf(stream: Stream, stub: Stub, telling: Telling, agent: Analyst | null): CommentDraft[] {
  const hash = incidentHash(stream, stub);
  const cast = castOf(stream, stub);
  const drafts: CommentDraft[] = [];
  if (chance(hash, 131, 0.45))
    drafts.push({
      at: stub.at + 6 * minuteMs,
      message: agentReport(cast.user, cast.ip),
      author: agent,
      kind: "agent",
      ticketNote: false,
    });
  for (let i = 0; i < between(hash, 132, 0, 3); i += 1) {
    const own = mix(hash, 900 + i);
    const at = stub.at + between(own, 1, 15, 400) * minuteMs;
    const message = pick(own, 2, remarks)(cast.user);
    drafts.push({
      at,
      message,
      author: pick(own, 3, telling.analysts),
      kind: "person",
      ticketNote: chance(own, 4, 0.2),
    });
  }
  const state = stateAt(stream, stub, telling.analysts, telling.pace, telling.now);
  if (state.status !== "New")
    drafts.push({
      at: state.modifiedAt,
      message: `Status changed to ${state.status}`,
      author: null,
      kind: "activity",
      ticketNote: false,
    });
  if (state.closedAt !== null)
    drafts.push({
      at: state.closedAt,
      message: chance(hash, 133, 0.1) ? null : "Closing.",
      author: pick(hash, 134, telling.analysts),
      kind: "closing",
      ticketNote: false,
    });
  return drafts.filter((draft) => draft.at <= telling.now);
}

/** Comments on an incident, in the order in which the source returns them, which is none. */
export function commentsOf(
  stream: Stream,
  stub: Stub,
  telling: Telling,
  agent: Analyst | null,
): readonly Record<string, unknown>[] {
  const hash = incidentHash(stream, stub);
  return draftsOf(stream, stub, telling, agent)
    .map((draft, index) => ({
      id: guid(mix(hash, 950 + index), 1),
      message: draft.message,
      createdTime: dateTime(draft.at, hash + index),
      authorEmail: draft.kind === "activity" ? null : (draft.author?.email ?? null),
      authorName: draft.author?.displayName ?? null,
      isActivityComment: draft.kind === "activity",
      isAgentComment: draft.kind === "agent",
      agentName: draft.kind === "agent" ? (draft.author?.displayName ?? null) : null,
      isClosingComment: draft.kind === "closing",
      ticketNoteId: draft.ticketNote ? String(between(mix(hash, index), 7, 1_000, 99_999)) : null,
      ticketId: draft.ticketNote ? String(between(hash, 8, 1_000, 99_999)) : null,
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
