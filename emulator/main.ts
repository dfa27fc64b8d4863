import { readArguments, usage } from "./arguments";
import { StartError, startEmulator } from "./start";

/** `npm run emulator`: runs until it is told to stop. A start that cannot be ends in one sentence and exit code 1. */
async function main(): Promise<void> {
  const options = readArguments(process.argv.slice(2));
  if (options === null) {
    console.log(usage);
    return;
  }
  const emulator = await startEmulator(options);
  console.log(
    `The ContraForce emulator answers at ${emulator.baseUrl} (control under ${emulator.url}/_emulator/).`,
  );
  const stop = () => {
    void emulator.stop().then(() => process.exit(0));
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof StartError ? error.message : error);
  process.exitCode = 1;
});
