import type { Worker } from "node:worker_threads";

/** Threads that are started before they are needed: starting takes longer than most checks. Those that wait keep no process alive. */
export type ThreadPool = {
  /** So many are about to be taken. */
  readonly prepare: (count: number) => void;
  readonly take: () => Worker;
  /** Ends those that nobody has taken. */
  readonly close: () => Promise<void>;
};

export function createThreadPool(start: () => Worker): ThreadPool {
  const waiting: Worker[] = [];
  return {
    prepare: (count) => {
      while (waiting.length < count) {
        const thread = start();
        thread.unref();
        waiting.push(thread);
      }
    },
    take: () => {
      const thread = waiting.shift() ?? start();
      thread.ref();
      return thread;
    },
    close: async () => {
      await Promise.all(waiting.splice(0).map((thread) => thread.terminate()));
    },
  };
}
