import "server-only";
import { parseFields } from "@/lib/server/field-errors";
import { answerData, answerHeaders, withProblems } from "@/lib/server/problem";
import { productionDependencies } from "@/lib/server/proxy/production";
import { guardTracedRead, guardWrite, readJson, refuseHeaders } from "@/lib/server/request-guard";
import { parseSearch } from "@/lib/server/search-input";
import { type DeskContext, type DeskDependencies, deskContext } from "@/lib/server/webhooks/context";
import { idOf } from "@/lib/server/webhooks/handle";
import { changeInput, itemsQuery, planInput } from "./input";
import { changeJob, planJob } from "./manage";
import { reportStream } from "./report";
import { listJobs, readItems, viewJob } from "./view";

interface ListRoute {
  readonly params: Promise<{ readonly org: string }>;
}

interface JobRoute {
  readonly params: Promise<{ readonly org: string; readonly id: string }>;
}

type Route = ListRoute | JobRoute;

function read<Given extends Route>(
  answer: (context: DeskContext, request: Request, params: Awaited<Given["params"]>) => Promise<Response>,
) {
  return (deps: DeskDependencies = productionDependencies) =>
    withProblems<Given>(async (request, route, requestId) => {
      refuseHeaders(request.headers);
      const params = (await route.params) as Awaited<Given["params"]>;
      const context = await deskContext(request, params.org, requestId, "webhooks:read", deps);
      return answer(context, request, params);
    });
}

function act<Given extends Route>(
  perform: (context: DeskContext, body: unknown, params: Awaited<Given["params"]>) => Promise<unknown>,
) {
  return (deps: DeskDependencies = productionDependencies) =>
    withProblems<Given>(async (request, route, requestId) => {
      refuseHeaders(request.headers);
      guardWrite(request.headers, deps.publicOrigin());
      const params = (await route.params) as Awaited<Given["params"]>;
      const context = await deskContext(request, params.org, requestId, "webhooks:manage", deps);
      return answerData(await perform(context, await readJson(request), params), requestId);
    });
}

/** `GET /api/<org>/webhooks/recovery`. */
export const recoveryList = read<ListRoute>(async ({ membership, requestId }) =>
  answerData({ jobs: await listJobs(membership.organisationId, membership.scope) }, requestId),
);

/** `POST /api/<org>/webhooks/recovery`: the plan (dry run). */
export const recoveryPlan = act<ListRoute>((context, body) => planJob(context, parseFields(planInput, body)));

/** `GET /api/<org>/webhooks/recovery/<id>`. */
export const recoveryView = read<JobRoute>(async ({ membership, requestId }, _request, { id }) =>
  answerData(await viewJob(membership.organisationId, idOf(id), membership.scope), requestId),
);

/** `POST /api/<org>/webhooks/recovery/<id>`: start, stop, resume. */
export const recoveryChange = act<JobRoute>((context, body, { id }) =>
  changeJob(context, idOf(id), parseFields(changeInput, body)),
);

/** `GET /api/<org>/webhooks/recovery/<id>/items?state=&after=`. */
export const recoveryItems = read<JobRoute>(async ({ membership, requestId }, request, { id }) => {
  const { state = null, after = 0 } = parseSearch(itemsQuery, request);
  const { organisationId, scope } = membership;
  return answerData(await readItems(organisationId, idOf(id), scope, { state, after }), requestId);
});

/** `GET /api/<org>/webhooks/recovery/<id>/report`: the report as a CSV file. */
export const recoveryReport = read<JobRoute>(async ({ membership, requestId }, request, { id }) => {
  guardTracedRead(request.headers);
  const { organisationId, organisationSlug, scope } = membership;
  const job = await viewJob(organisationId, idOf(id), scope);
  const headers = answerHeaders(requestId, "text/csv; charset=utf-8");
  const day = job.createdAt.slice(0, 10);
  headers.set("content-disposition", `attachment; filename="recovery-${organisationSlug}-${day}.csv"`);
  return new Response(reportStream(organisationId, job.id, scope), { headers });
});
