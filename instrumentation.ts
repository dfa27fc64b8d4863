/** Next calls this once per process, before the first request. */
export async function register(): Promise<void> {
  // Written out, because the bundler decides by this very text what goes into which build.
  // eslint-disable-next-line no-restricted-properties
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startOrExit } = await import("@/lib/server/startup-process");
  await startOrExit();
}
