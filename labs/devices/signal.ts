/** Something that happens again and again, and who wants to hear of it. */
export type Signal<T> = {
  /** Listeners are called in the order in which they came. */
  readonly on: (listener: (value: T) => void) => void;
  readonly emit: (value: T) => void;
  readonly hasListener: () => boolean;
};

export function createSignal<T>(): Signal<T> {
  const listeners: ((value: T) => void)[] = [];
  return {
    on: (listener) => {
      listeners.push(listener);
    },
    emit: (value) => {
      for (const listener of listeners) listener(value);
    },
    hasListener: () => listeners.length > 0,
  };
}

/** Like a `Signal`, for what happens once, such as a close. A listener that comes too late is told all the same, in a microtask. */
export function createFinalSignal<T>(): Signal<T> {
  const signal = createSignal<T>();
  let happened: { readonly value: T } | undefined;
  return {
    ...signal,
    on: (listener) => {
      if (happened === undefined) return signal.on(listener);
      const { value } = happened;
      queueMicrotask(() => listener(value));
    },
    emit: (value) => {
      if (happened !== undefined) return;
      happened = { value };
      signal.emit(value);
    },
  };
}
