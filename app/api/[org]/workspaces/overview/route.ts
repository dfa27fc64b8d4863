import { overviewView } from "@/lib/server/workspace-profiles/handle";

export const GET = overviewView;

export const dynamic = "force-dynamic";
