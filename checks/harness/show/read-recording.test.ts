import { describe, expect, it } from "vitest";
import { concat } from "#kit/bytes.ts";
import { CaptureError } from "../capture/capture-error.ts";
import { captureFile } from "../capture/fixture-captures.ts";
import { pcapFile } from "../capture/made-up-capture.ts";
import { failureCapture } from "../pcapng/failure-capture.ts";
import { interfaceDescription, packetBlock, sectionHeader } from "../pcapng/pcapng-blocks.ts";
import { result } from "../report/example-results.ts";
import { parseRecording, readRecording } from "./read-recording.ts";

const bytes = Uint8Array.of(0x45);

describe("a recording", () => {
  it("may be a pcap file; its times are since the first packet", () => {
    const file = pcapFile({
      linkNumber: 101,
      records: [
        { seconds: 1000, bytes },
        { seconds: 1002, microseconds: 5, bytes },
      ],
    });
    expect(parseRecording(file, "x")).toEqual({
      comment: "",
      packets: [
        { link: "raw-ip", atMicroseconds: 0, bytes, originalLength: 1, comment: "" },
        { link: "raw-ip", atMicroseconds: 2_000_005, bytes, originalLength: 1, comment: "" },
      ],
    });
  });

  it("may be a pcapng file of Wireshark's; its times are since the first packet", () => {
    const block = packetBlock({ interface: 0, atMicroseconds: 1_000_000_007, bytes, inbound: true, comment: "hm" });
    const header = sectionHeader({ application: "Dumpcap", comment: "" });
    expect(parseRecording(concat(header, interfaceDescription("raw-ip", "tun0", ""), block), "x").packets).toMatchObject([
      { link: "raw-ip", atMicroseconds: 0, comment: "hm" },
    ]);
  });

  it("may be a check's; its times are the scenario's", () => {
    const packet = { link: "raw-ip", direction: "to-lab", bytes } as const;
    const story = [{ at: 5000, verb: "recv", words: "a", packet }];
    const capture = failureCapture(result("x", "failed", { failure: { story, at: 5000, headline: "wrong", detail: [] } }));
    const recording = parseRecording(capture?.bytes ?? new Uint8Array(), "x");
    expect(recording.comment).toMatch(/^lab-1\.x: /);
    expect(recording.packets[0]?.atMicroseconds).toBe(5_000_000);
  });

  it("is read from its file", async () => {
    expect((await readRecording(captureFile("arp-linux-kernel"))).packets.length).toBe(24);
  });

  it("that cannot be used is refused under the name that the user gave", async () => {
    await expect(readRecording("/no/such/folder/file", "file")).rejects.toThrow(new CaptureError("There is no file file; check the name."));
    expect(() => parseRecording(Uint8Array.of(0x0a, 0x0d, 0x0d, 0x0a), "cut.pcapng")).toThrow(/^cut\.pcapng: the block at byte 0 is cut/);
    expect(() => parseRecording(new Uint8Array(), "empty.pcap")).toThrow(/^empty\.pcap is empty/);
  });
});
