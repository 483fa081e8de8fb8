/** The longest message, in bytes: the header, and the `char data[4096]` of the classic programs. docs/protocol.md#messages */
export const longestMessage = 4101;

/** Length and type, in bytes. */
export const messageHeader = 5;
