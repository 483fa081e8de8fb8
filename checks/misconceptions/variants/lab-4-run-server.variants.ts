import type { Variant } from "./variant.ts";

const runServer = { lab: "lab-4", file: "run-server.ts" } as const;

/** Lab 4's run-server.ts with one bug each. */
export const runServerVariants: readonly Variant[] = [
  {
    ...runServer,
    name: "shell-forgets-write-tun",
    says: "does not perform write-tun",
    check: "lab-4.shell-round-trip",
    edits: [
      {
        find: `          if (!tun.write(action.packet)) count("refused-by-device");
`,
        replace: "",
      },
    ],
  },
  {
    ...runServer,
    name: "shell-does-not-listen-to-tun",
    says: "does not listen to the device",
    check: "lab-4.shell-round-trip",
    edits: [
      {
        find: `    for (const packet of batch) perform(core.receiveFromTun(packet));
`,
        replace: `    void batch;
`,
      },
    ],
  },
  {
    ...runServer,
    name: "shell-last-connection",
    says: "sends everything to the newest connection",
    check: "lab-4.shell-two-clients",
    edits: [{ find: "connections.get(action.to)?.write", replace: "[...connections.values()].at(-1)?.write" }],
  },
  {
    ...runServer,
    name: "shell-first-chunk",
    says: "hears the first two chunks of a connection only",
    check: "lab-4.shell-bytewise-and-glued",
    edits: [
      {
        find: "    connection.onData((chunk) => perform(core.receive(id, chunk)));",
        replace: `    let chunks = 0;
    connection.onData((chunk) => {
      if (++chunks <= 2) perform(core.receive(id, chunk));
    });`,
      },
    ],
  },
  {
    ...runServer,
    name: "shell-late-chunk",
    says: "looks at a chunk later, when its bytes are gone",
    check: "lab-4.shell-round-trip",
    edits: [
      {
        find: "connection.onData((chunk) => perform(core.receive(id, chunk)));",
        replace: `connection.onData((chunk) => {
      setImmediate(() => perform(core.receive(id, chunk)));
    });`,
      },
    ],
  },
  {
    ...runServer,
    name: "shell-late-actions",
    says: "performs the actions of a chunk later, when its bytes are gone",
    check: "lab-4.shell-round-trip",
    edits: [
      {
        find: "connection.onData((chunk) => perform(core.receive(id, chunk)));",
        replace: `connection.onData((chunk) => {
      const actions = core.receive(id, chunk);
      queueMicrotask(() => perform(actions));
    });`,
      },
    ],
  },
  {
    ...runServer,
    name: "shell-first-of-batch",
    says: "delivers the first packet of a batch only",
    check: "lab-4.shell-batch",
    edits: [{ find: "for (const packet of batch) perform", replace: "for (const packet of batch.slice(0, 1)) perform" }],
  },
  {
    ...runServer,
    name: "shell-late-batch",
    says: "looks at a batch later, when its bytes are gone",
    check: "lab-4.shell-batch",
    edits: [
      {
        find: "    for (const packet of batch) perform(core.receiveFromTun(packet));",
        replace: `    queueMicrotask(() => {
      for (const packet of batch) perform(core.receiveFromTun(packet));
    });`,
      },
    ],
  },
  {
    ...runServer,
    name: "shell-backwards",
    says: "delivers a batch from behind",
    check: "lab-4.shell-batch",
    edits: [{ find: "for (const packet of batch) perform", replace: "for (const packet of batch.toReversed()) perform" }],
  },
  {
    ...runServer,
    name: "shell-no-clock",
    says: "does not pass ticks on",
    check: "lab-4.shell-heartbeat",
    edits: [
      {
        find: `  ticker.onTick((elapsed) => perform(core.tick(elapsed)));
`,
        replace: "",
      },
    ],
  },
  {
    ...runServer,
    name: "shell-ticks-for-nothing",
    says: "passes ticks on and forgets what comes of them",
    check: "lab-4.shell-heartbeat",
    edits: [{ find: "perform(core.tick(elapsed))", replace: "void core.tick(elapsed)" }],
  },
  {
    ...runServer,
    name: "shell-no-close",
    says: "does not perform close",
    check: "lab-4.shell-close",
    edits: [
      {
        find: `          connections.get(action.session)?.close();
`,
        replace: "",
      },
    ],
  },
  {
    ...runServer,
    name: "shell-closes-all",
    says: "closes every connection when one is to be closed",
    check: "lab-4.shell-close",
    edits: [
      {
        find: "          connections.get(action.session)?.close();",
        replace: "          for (const connection of connections.values()) connection.close();",
      },
    ],
  },
  {
    ...runServer,
    name: "shell-forgets-disconnect",
    says: "does not tell the core that a client has left",
    check: "lab-4.shell-fin-and-reset",
    edits: [
      {
        find: `      perform(core.disconnect(id));
`,
        replace: "",
      },
    ],
  },
  {
    ...runServer,
    name: "shell-closes-slow",
    says: "closes a client that reads too slowly",
    check: "lab-4.shell-slow-client",
    edits: [
      {
        find: `if (connections.get(action.to)?.write(action.bytes) !== true) count("slow-client");`,
        replace: "if (connections.get(action.to)?.write(action.bytes) !== true) connections.get(action.to)?.close();",
      },
    ],
  },
  {
    ...runServer,
    name: "shell-waits-for-slow",
    says: "sends nothing to anybody while one client is full",
    check: "lab-4.shell-slow-client",
    edits: [
      {
        find: "  function perform(",
        replace: `  const late: ServerAction[] = [];

  function perform(`,
      },
      {
        find: `          if (connections.get(action.to)?.write(action.bytes) !== true) count("slow-client");`,
        replace: `          late.push(action);
          while (late[0]?.kind === "send" && connections.get(late[0].to)?.write(late[0].bytes) === true) late.shift();`,
      },
    ],
  },
  {
    ...runServer,
    name: "shell-stop-keeps-listening",
    says: "does not close the listener in stop()",
    check: "lab-4.shell-stop",
    edits: [{ find: "[listener.close(), tun.close()]", replace: "[tun.close()]" }],
  },
  {
    ...runServer,
    name: "shell-stop-keeps-device",
    says: "does not close the device in stop()",
    check: "lab-4.shell-stop",
    edits: [{ find: "[listener.close(), tun.close()]", replace: "[listener.close()]" }],
  },
  {
    ...runServer,
    name: "shell-stop-keeps-clock",
    says: "does not stop the clock in stop()",
    check: "lab-4.shell-stop",
    edits: [
      {
        find: `    ticker.stop();
`,
        replace: "",
      },
    ],
  },
  {
    ...runServer,
    name: "shell-stop-keeps-connections",
    says: "does not close the connections in stop()",
    check: "lab-4.shell-stop-once",
    edits: [
      {
        find: `    for (const connection of connections.values()) connection.close();
`,
        replace: "",
      },
    ],
  },
  {
    ...runServer,
    name: "shell-stops-twice",
    says: "closes everything again at each stop()",
    check: "lab-4.shell-stop-once",
    edits: [
      {
        find: "    stopping ??= Promise.resolve().then(shutDown);",
        replace: "    stopping = Promise.resolve().then(shutDown);",
      },
    ],
  },
  {
    ...runServer,
    name: "shell-stop-meets-itself",
    says: "closes everything before it keeps the promise, and is called again by the device that it closes",
    check: "lab-4.shell-stop-once",
    edits: [{ find: "    stopping ??= Promise.resolve().then(shutDown);", replace: "    stopping ??= shutDown();" }],
  },
  {
    ...runServer,
    name: "shell-stop-does-not-wait",
    says: "ends stop() before listener and device are closed",
    check: "lab-4.shell-stop-once",
    edits: [
      {
        find: `    const closed = await Promise.allSettled([listener.close(), tun.close()]);
    for (const result of closed) if (result.status === "rejected") throw result.reason;`,
        replace: `    void listener.close();
    void tun.close();`,
      },
    ],
  },
  {
    ...runServer,
    name: "shell-stops-once",
    says: "refuses to be stopped twice",
    check: "lab-4.shell-stop",
    edits: [
      {
        find: "    stopping ??= Promise.resolve().then(shutDown);",
        replace: `    if (stopping !== undefined) return Promise.reject(new Error("stopped already"));
    stopping = Promise.resolve().then(shutDown);`,
      },
    ],
  },
  {
    ...runServer,
    name: "shell-stop-never-ends",
    says: "gives a promise of stop() that never ends",
    check: "lab-4.shell-stop",
    edits: [
      {
        find: "    stopping ??= Promise.resolve().then(shutDown);",
        replace: `    stopping ??= Promise.resolve()
      .then(shutDown)
      .then(() => new Promise<void>(() => {}));`,
      },
    ],
  },
  {
    ...runServer,
    name: "shell-device-ignored",
    says: "does not notice that its device is gone",
    check: "lab-4.shell-device-gone",
    edits: [
      {
        find: `  tun.onClose(() => void stop().catch(() => undefined));
`,
        replace: "",
      },
    ],
  },
  {
    ...runServer,
    name: "shell-one-action",
    says: "performs one action a call",
    check: "lab-4.shell-captured-client",
    edits: [{ find: "for (const action of actions) {", replace: "for (const action of actions.slice(0, 1)) {" }],
  },
  {
    ...runServer,
    name: "shell-counts-too-little",
    says: "does not count what a client that reads too slowly loses",
    check: "lab-4.shell-losses",
    edits: [
      {
        find: 'if (connections.get(action.to)?.write(action.bytes) !== true) count("slow-client");',
        replace: "connections.get(action.to)?.write(action.bytes);",
      },
    ],
  },
  {
    ...runServer,
    name: "shell-trips-over-the-gone",
    says: "throws when the core sends to somebody who has gone",
    check: "lab-4.shell-losses",
    edits: [{ find: "connections.get(action.to)?.write", replace: "connections.get(action.to)!.write" }],
  },
  {
    ...runServer,
    name: "shell-remembers-the-gone",
    says: "does not forget the connection of a client that has left",
    check: "lab-4.shell-losses",
    edits: [
      {
        find: `      connections.delete(id);
`,
        replace: "",
      },
    ],
  },
  {
    ...runServer,
    name: "shell-stops-at-failed-accept",
    says: "stops the whole server when one connection cannot be accepted",
    check: "lab-4.shell-losses",
    edits: [
      {
        find: `listener.onError(() => count("failed-accept"));`,
        replace: `listener.onError(() => {
    count("failed-accept");
    void stop();
  });`,
      },
    ],
  },
  {
    ...runServer,
    name: "shell-failed-accept-not-counted",
    says: "does not count connections that could not be accepted",
    check: "lab-4.shell-losses",
    edits: [{ find: `listener.onError(() => count("failed-accept"));`, replace: "listener.onError(() => undefined);" }],
  },
  {
    ...runServer,
    name: "shell-late-client-stays",
    says: "serves who comes while it stops",
    check: "lab-4.shell-stop-in-trouble",
    edits: [{ find: "if (stopping !== undefined) {", replace: "if (stopping === null) {" }],
  },
  {
    ...runServer,
    name: "shell-stops-half",
    says: "does not close the device when the listener cannot be closed",
    check: "lab-4.shell-stop-in-trouble",
    edits: [
      {
        find: "const closed = await Promise.allSettled([listener.close(), tun.close()]);",
        replace: `await listener.close();
    const closed = await Promise.allSettled([tun.close()]);`,
      },
    ],
  },
  {
    ...runServer,
    name: "shell-stop-waits-for-the-first",
    says: "ends stop() at the first failure, while the device is still being closed",
    check: "lab-4.shell-stop-in-trouble",
    edits: [
      {
        find: `    const closed = await Promise.allSettled([listener.close(), tun.close()]);
    for (const result of closed) if (result.status === "rejected") throw result.reason;`,
        replace: "    await Promise.all([listener.close(), tun.close()]);",
      },
    ],
  },
  {
    ...runServer,
    name: "shell-stop-hides-failure",
    says: "does not tell that something was not closed",
    check: "lab-4.shell-stop-in-trouble",
    edits: [
      {
        find: `    for (const result of closed) if (result.status === "rejected") throw result.reason;`,
        replace: "    void closed;",
      },
    ],
  },
  {
    ...runServer,
    name: "shell-nobody-hears-failure",
    says: "leaves the promise of stop() alone when the device is gone",
    check: "lab-4.shell-stop-in-trouble",
    edits: [{ find: "void stop().catch(() => undefined)", replace: "void stop()" }],
  },
  {
    ...runServer,
    name: "shell-keyed-by-host",
    says: "tells clients apart by their address alone",
    check: "lab-4.shell-two-clients",
    edits: [
      {
        find: "const connections = new Map<SessionId, Connection>();",
        replace: `const connections = new Map<SessionId, Connection>();
  const hosts = new Map<string, SessionId>();`,
      },
      {
        find: "const { id } = connection;",
        replace: `const host = connection.remoteAddress.replace(/:\\d+$/, "");
    const isNew = !hosts.has(host);
    const id = hosts.get(host) ?? connection.id;
    hosts.set(host, id);`,
      },
      { find: "perform(core.connect(id));", replace: "if (isNew) perform(core.connect(id));" },
      {
        find: "perform(core.disconnect(id));",
        replace: `hosts.delete(host);
      perform(core.disconnect(id));`,
      },
    ],
  },
];
