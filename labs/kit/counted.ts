/**
 * A number with what it counts: `1 byte`, `2 bytes`. A verb has a number, too: `counted(left, "is", "are")`.
 *
 * @param many what stands for any other number than one, where it is not the same with an s
 */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
