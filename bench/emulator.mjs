/** Asks the emulator's control: a GET without a body, else a POST of it. */
export async function control(emulator, path, body) {
  const answer = await fetch(`${emulator.url}/_emulator/${path}`, {
    ...(body === undefined
      ? {}
      : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`The emulator refused ${path}: ${answer.status}`);
  return answer.json();
}

/** Holds the emulator's time still, so that two readings find the same. */
export const freeze = (emulator) => control(emulator, "clock", { frozen: true });

/** Sets one constant answer time on the emulator. */
export async function setLatency(emulator, milliseconds) {
  await fetch(`${emulator.url}/_emulator/faults`, { method: "DELETE" });
  await control(emulator, "faults", [{ kind: "latency", p50Ms: milliseconds, p99Ms: milliseconds }]);
}
