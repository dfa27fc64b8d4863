import { Failure } from "@/lib/errors";
import { withProblems } from "@/lib/server/problem";
import { isReady } from "@/lib/server/startup";

/** Started, migrated, and the database answers: traffic may come. */
export const GET = withProblems(async () => {
  if (!(await isReady())) throw new Failure("STORE_UNAVAILABLE");
  return Response.json({ status: "ready" }, { headers: { "cache-control": "no-store" } });
});

export const dynamic = "force-dynamic";
