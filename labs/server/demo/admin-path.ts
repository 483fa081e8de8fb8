/** Where programs are looked for: an ordinary user's PATH often leaves out the folders of `ip` and `nft`. */
export function adminPath(environment = process.env): string {
  return `${environment["PATH"] ?? ""}:/usr/sbin:/sbin`;
}
