const MiB = 1 << 20;

/** How much a submission may be, in bytes and numbers. Generous for five labs, and small beside what a computer has. */
export const bounds = {
  /** One file of a lab. */
  file: MiB,
  /** All files that are taken, together. */
  taken: 8 * MiB,
  /** Everything that looks as if it might be a lab's file while an archive is read, together. */
  held: 32 * MiB,
  /** Files of a student's own beside those that the lab has, a lab. */
  ownFiles: 32,
  archive: 64 * MiB,
  /** What an archive unpacks to, and how many times its size: a bomb is far above. Real code is about a tenth when packed. */
  unpacked: 512 * MiB,
  unpackedTimes: 200,
  /** An archive that unpacks to less than this is no bomb, whatever the proportion. */
  unpackedAlways: 16 * MiB,
  entries: 50_000,
  /** Names in one folder that is looked into. */
  listed: 10_000,
  /** What git may answer. */
  gitAnswer: 32 * MiB,
  /** What git may take to find it: an object is unpacked as a whole, whatever it says that it is. */
  gitMemory: 1024 * MiB,
  gitFiles: 200_000,
  /** How many refusals are told one by one. */
  refusals: 100,
  /** For one submission to be read, in milliseconds. */
  time: 60_000,
} as const;
