import type { Clock } from "../clock";
import { type IncomingReply, type OutgoingRequest, type Transport, TransportFault } from "../transport";

export interface SentRequest {
  readonly at: number;
  readonly request: OutgoingRequest;
  /** True when our side gave it up. */
  wasAborted: boolean;
}

/** What the pretended upstream does with a request: answer after a while, break, or (null) keep silent for ever. */
export type Behaviour = (
  number: number,
  request: OutgoingRequest,
) => { afterMs: number; reply: Partial<IncomingReply> | TransportFault } | null;

export const json = (body: unknown): Buffer => Buffer.from(JSON.stringify(body));
export const fine = (data: unknown): Partial<IncomingReply> => ({
  status: 200,
  body: json({ data, meta: {} }),
});
export const status = (code: number, retryAfter: string | null = null): Partial<IncomingReply> => ({
  status: code,
  retryAfter,
  body: json({ title: "Trouble", status: code }),
});

/** A transport on the test's own clock, which remembers when it was asked for what. */
export function fakeTransport(
  clock: Clock,
  behaviour: Behaviour,
): { transport: Transport; sent: SentRequest[] } {
  const sent: SentRequest[] = [];
  const transport: Transport = (request, signal) =>
    new Promise((resolve, reject) => {
      const entry: SentRequest = { at: clock.now(), request, wasAborted: false };
      sent.push(entry);
      const leave = () => {
        entry.wasAborted = true;
        cancel();
        reject(new TransportFault("aborted", true, { cause: signal.reason }));
      };
      signal.addEventListener("abort", leave, { once: true });
      const answer = behaviour(sent.length, request);
      const cancel = answer
        ? clock.after(answer.afterMs, () => {
            signal.removeEventListener("abort", leave);
            if (answer.reply instanceof TransportFault) reject(answer.reply);
            else
              resolve({
                status: 200,
                mediaType: "application/json",
                retryAfter: null,
                body: Buffer.alloc(0),
                ...answer.reply,
              });
          })
        : () => undefined;
    });
  return { transport, sent };
}
