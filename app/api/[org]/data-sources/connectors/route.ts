import { connectorsView } from "@/lib/server/data-sources/handle";

export const GET = connectorsView();

export const dynamic = "force-dynamic";
