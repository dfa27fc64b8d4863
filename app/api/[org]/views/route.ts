import { viewAdd, viewsList } from "@/lib/server/views/handle";

/** The views of the incidents list that the person may know of. */
export const GET = viewsList;

/** Saves a view. */
export const POST = viewAdd;

export const dynamic = "force-dynamic";
