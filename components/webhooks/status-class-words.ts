import type { StatusClass } from "@/lib/domain/delivery-outcome";

/** The receiver's answer, in classes. */
export const statusClassWords: Readonly<Record<StatusClass, string>> = {
  "2xx": "2xx, taken",
  "3xx": "3xx, redirected",
  "4xx": "4xx, refused",
  "5xx": "5xx, receiver failed",
  none: "No answer",
};
