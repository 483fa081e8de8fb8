import { expect, it } from "vitest";
import { pingTimesIn } from "./ping.ts";
import { receivedIn } from "./throughput.ts";

it("takes from iperf3 what arrived, not what was sent", () => {
  const end = { sum_sent: { bytes: 2_000_000, seconds: 1 }, sum_received: { bytes: 1_900_000, seconds: 1.04, bits_per_second: 1 } };
  expect(receivedIn(JSON.stringify({ start: {}, intervals: [], end }))).toEqual({ bytes: 1_900_000, seconds: 1.04 });
});

it("hands on why iperf3 failed", () => {
  expect(() => receivedIn('{"start":{},"end":{},"error":"the server is busy"}')).toThrow("iperf3: the server is busy");
});

it("takes the times from ping, and leaves out what was not answered", () => {
  const output = `PING 13.8.0.1 (13.8.0.1) 56(84) bytes of data.
64 bytes from 13.8.0.1: icmp_seq=1 ttl=64 time=0.371 ms
64 bytes from 13.8.0.1: icmp_seq=3 ttl=64 time=12 ms

--- 13.8.0.1 ping statistics ---
3 packets transmitted, 2 received, 33.3333% packet loss, time 40ms
rtt min/avg/max/mdev = 0.371/6.185/12.000/5.814 ms
`;
  expect(pingTimesIn(output)).toEqual([0.371, 12]);
});
