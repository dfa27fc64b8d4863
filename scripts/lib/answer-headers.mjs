/** On every answer: pages, calls and files alike. */
export const everywhere = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  // Browsers heed it over https only.
  { key: "Strict-Transport-Security", value: "max-age=31536000" },
];

/**
 * On whatever a browser could open as a document. The scripts and styles of a build go without: a browser heeds none of these there, and
 * every page loads twenty such files. The Content-Security-Policy of pages is made in proxy.ts, per answer.
 */
export const documents = [
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  {
    key: "Permissions-Policy",
    value: "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()",
  },
];

/** Data is never a document: should a browser open it as one, nothing in it runs or loads. */
export const calls = [
  { key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" },
];
