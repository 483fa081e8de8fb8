import { createHeartbeat } from "#lab-3/heartbeat.ts";
import { measureHere } from "./measure-here.ts";

measureHere(() => {
  const heartbeat = createHeartbeat({ sendEvery: 20_000, deadAfter: 60_000 });
  let sent = 0;
  for (let tick = 0; tick < 2_000; tick++) {
    sent += heartbeat.tick(250).length;
    if (tick % 80 === 0) heartbeat.heard();
  }
  if (sent < 20) throw new Error("The heartbeat did something else than it was measured for.");
});
