import "server-only";
import { z } from "zod";
import { Failure } from "@/lib/errors";
import { parseFields } from "@/lib/server/field-errors";
import { answerData, withProblems } from "@/lib/server/problem";
import { productionDependencies } from "@/lib/server/proxy/production";
import { guardWrite, readJson, refuseHeaders } from "@/lib/server/request-guard";
import { type DeskDependencies, deskContext } from "./context";
import { readDeliveriesPage } from "./deliveries";
import { viewHealth } from "./health";
import { deliveriesInput, stateInput } from "./input";
import { readNotes } from "./notes";
import { changeState } from "./state";

interface DeskRoute {
  readonly params: Promise<{ readonly org: string }>;
}

interface WebhookRoute {
  readonly params: Promise<{ readonly org: string; readonly id: string }>;
}

/** The id of the address. Throws `NOT_FOUND` for what is none. */
export function idOf(text: string): string {
  if (!z.guid().safeParse(text).success) throw new Failure("NOT_FOUND");
  return text.toLowerCase();
}

/** `GET /api/<org>/webhooks/health`. */
export const webhooksHealth = (deps: DeskDependencies = productionDependencies) =>
  withProblems<DeskRoute>(async (request, route, requestId) => {
    refuseHeaders(request.headers);
    const { org } = await route.params;
    const context = await deskContext(request, org, requestId, "webhooks:read", deps);
    return answerData(await viewHealth(context), requestId);
  });

/** `POST /api/<org>/webhooks/deliveries`: a read. A POST, because its token holds a place in every webhook's log and outgrows an address. */
export const webhookDeliveries = (deps: DeskDependencies = productionDependencies) =>
  withProblems<DeskRoute>(async (request, route, requestId) => {
    refuseHeaders(request.headers);
    guardWrite(request.headers, deps.publicOrigin());
    const { org } = await route.params;
    const context = await deskContext(request, org, requestId, "webhooks:read", deps);
    const input = parseFields(deliveriesInput, await readJson(request));
    return answerData(await readDeliveriesPage(context, input, request.signal), requestId);
  });

/** `POST /api/<org>/webhooks/<id>/state`: pause, resume, enable, with a reason. */
export const webhookStateChange = (deps: DeskDependencies = productionDependencies) =>
  withProblems<WebhookRoute>(async (request, route, requestId) => {
    refuseHeaders(request.headers);
    guardWrite(request.headers, deps.publicOrigin());
    const { org, id } = await route.params;
    const context = await deskContext(request, org, requestId, "webhooks:manage", deps);
    const input = parseFields(stateInput, await readJson(request));
    return answerData(await changeState(context, idOf(id), input), requestId);
  });

/** `GET /api/<org>/webhooks/<id>/notes`. */
export const webhookNotes = (deps: DeskDependencies = productionDependencies) =>
  withProblems<WebhookRoute>(async (request, route, requestId) => {
    refuseHeaders(request.headers);
    const { org, id } = await route.params;
    const { membership } = await deskContext(request, org, requestId, "webhooks:read", deps);
    return answerData(await readNotes(membership.organisationId, idOf(id)), requestId);
  });
