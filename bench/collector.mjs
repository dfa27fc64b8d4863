/** Until the collector has filled the register, and only keeps up from then on. */
export async function untilFilled(url, cookie) {
  for (;;) {
    const answer = await fetch(`${url}/api/main/collector`, { headers: { cookie } });
    const { data } = await answer.json();
    const days = data?.backfill?.days;
    if (data?.lastCompleteAt && days && days.done === days.total) return;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}
