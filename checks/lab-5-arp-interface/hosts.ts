import type { Ipv4Address, MacAddress } from "#contract/vocabulary.ts";
import { ipv4, mac } from "#kit/addresses.ts";

/** A station on the link: its card and its address. */
export type Host = { readonly mac: MacAddress; readonly ip: Ipv4Address };

/** 10.0.0.`number`, whose card is 02:00:00:00:00:`number`. */
export function host(number: number): Host {
  return { mac: card(number), ip: ipv4(`10.0.0.${number}`) };
}

export function card(number: number): MacAddress {
  return mac(`02:00:00:00:00:${number.toString(16).padStart(2, "0")}`);
}

/** The interface under check, unless a check says otherwise. */
export const us = host(1);
export const peer = host(9);
export const other = host(8);
export const gateway = host(254);

/** An address of this link that nobody in the checks has. */
export const nobody = ipv4("10.0.0.77");

/** Two hosts at the other end of the world. */
export const far = ipv4("198.51.100.2");
export const elsewhere = ipv4("203.0.113.7");
