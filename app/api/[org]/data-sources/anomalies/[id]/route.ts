import { anomalyView } from "@/lib/server/data-sources/handle";

export const GET = anomalyView();

export const dynamic = "force-dynamic";
