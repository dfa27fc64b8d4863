/** Problem documents as the vendor's errors page and models page print their facts. */
export const notFoundProblem = {
  type: "about:blank",
  title: "Resource not found",
  status: 404,
  detail: "Incident 'INC-12345' not found",
  instance: "/api/v2/workspaces/ws-abc123/incidents/Sentinel/INC-12345",
  code: "NOT_FOUND",
  requestId: "0HNLBAGCRD4RN:00000003",
  timestamp: "2026-04-15T20:00:00.0000000+00:00",
};

export const validationProblem = {
  type: "about:blank",
  title: "Validation failed",
  status: 400,
  detail: "One or more pagination tokens are invalid",
  instance: "/api/v2/incidents/across-workspaces",
  code: "VALIDATION_ERROR",
  requestId: "0HN8Q3V0002",
  timestamp: "2026-04-15T20:00:00.0000000+00:00",
  errors: { "": ["One or more pagination tokens are invalid"] },
};

/** The error body of an older documentation version. */
export const olderError = {
  error: { code: "NOT_FOUND", message: "Resource not found", target: "incidentId", details: [] },
  meta: { requestId: "0HN8Q3V0002", timestamp: "2026-04-15T20:00:00.0000000+00:00" },
};
