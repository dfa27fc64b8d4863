import { anomaliesView } from "@/lib/server/data-sources/handle";

export const GET = anomaliesView();

export const dynamic = "force-dynamic";
