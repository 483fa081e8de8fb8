import type { Ipv4Address } from "#contract/vocabulary.ts";
import type { ClientJournal } from "./client-change.ts";
import { asksResolved, revertResolvedLink, setResolvedLink } from "./resolved-link.ts";
import { planResolverFile, writeResolverFile } from "./resolver-file.ts";

/** What became of the DNS servers, in words. */
export type NameServersSetUp = { readonly note: string; readonly warning: string | undefined };

/**
 * Makes this host ask the DNS servers of the grant: by way of systemd-resolved where that answers for the host, else in /etc/resolv.conf.
 * The tunnel works without, so that what goes wrong is a warning.
 */
export function setUpNameServers(
  servers: readonly Ipv4Address[],
  tunName: string,
  journal: ClientJournal,
  file = "/etc/resolv.conf",
): NameServersSetUp {
  const distinct = [...new Set(servers)];
  const list = distinct.join(", ");
  if (asksResolved(file)) {
    journal.begin({ kind: "resolved-link", device: tunName });
    if (setResolvedLink(tunName, distinct)) return { note: `${list}, by way of systemd-resolved`, warning: undefined };
    revertResolvedLink(tunName);
    journal.forgetLast();
  }
  // Whoever puts back last would put back what the other has written.
  if (journal.byOthers().some(({ kind }) => kind === "resolver-file"))
    return { note: "left as they were", warning: `another client has changed ${file}, so this one does not; its servers are ${list}` };
  try {
    const change = planResolverFile(file, distinct);
    journal.begin(change);
    try {
      writeResolverFile(change);
    } catch (error) {
      journal.forgetLast();
      throw error;
    }
    return { note: `${list}, in ${file} until the client ends`, warning: undefined };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const warning = `${file} cannot be changed (${code}), so this host goes on asking the servers that it asked before, not ${list}`;
    return { note: "left as they were", warning };
  }
}
