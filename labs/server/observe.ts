import type { Connection, Listener, PacketDevice, ServerCore, Ticker } from "#contract/lab-4-tun-server.ts";
import { createSignal, type Signal } from "#devices/signal.ts";
import type { Observer } from "./observer.ts";

/*
 * What the shell of lab 4 is given, wrapped so that an observer sees what passes. Each wrapper behaves as what it wraps: it begins to listen only
 * when the shell does, so nothing comes too early.
 */

/** Hands on what `source` tells, after `see` has seen it. */
function seenFirst<T>(source: Signal<T>["on"], see: (value: T) => void): Signal<T>["on"] {
  const seen = createSignal<T>();
  return (listener) => {
    const first = !seen.hasListener();
    seen.on(listener);
    if (!first) return;
    source((value) => {
      see(value);
      seen.emit(value);
    });
  };
}

export function observeListener(listener: Listener, observer: Observer): Listener {
  const connected = createSignal<Connection>();
  return {
    address: listener.address,
    onError: seenFirst(listener.onError, observer.failedAccept),
    onConnection: (shell) => {
      const first = !connected.hasListener();
      connected.on(shell);
      if (first) listener.onConnection((connection) => connected.emit(observeConnection(connection, observer)));
    },
    close: listener.close,
  };
}

function observeConnection(connection: Connection, observer: Observer): Connection {
  const { id, remoteAddress } = connection;
  observer.connected(id, remoteAddress);
  connection.onClose(() => observer.disconnected(id));
  return {
    id,
    remoteAddress,
    onData: seenFirst(connection.onData, (chunk) => observer.received(id, chunk)),
    onClose: connection.onClose,
    write: (bytes) => {
      const taken = connection.write(bytes);
      observer.sent(id, bytes, taken);
      return taken;
    },
    close: connection.close,
  };
}

export function observeDevice(device: PacketDevice, observer: Observer): PacketDevice {
  return {
    get mtu() {
      return device.mtu;
    },
    onPackets: device.onPackets,
    onClose: device.onClose,
    write: (packet) => {
      const taken = device.write(packet);
      observer.writtenToDevice(taken);
      return taken;
    },
    close: device.close,
  };
}

export function observeTicker(ticker: Ticker, observer: Observer): Ticker {
  return { onTick: seenFirst(ticker.onTick, observer.ticked), stop: ticker.stop };
}

export function observeCore(core: ServerCore, observer: Observer): ServerCore {
  return {
    connect: core.connect,
    receive: (id, chunk) => {
      const actions = core.receive(id, chunk);
      observer.acted(id, actions);
      return actions;
    },
    disconnect: core.disconnect,
    receiveFromTun: (packet) => {
      const actions = core.receiveFromTun(packet);
      observer.acted(undefined, actions);
      return actions;
    },
    tick: (elapsed) => {
      const actions = core.tick(elapsed);
      observer.acted(undefined, actions);
      return actions;
    },
  };
}
