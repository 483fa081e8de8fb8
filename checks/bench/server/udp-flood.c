/*
 * Sends UDP packets of one size, as many as it can, with one system call for many packets. What the tunnel does not carry is thrown away at its
 * entrance; what it does carry is counted at its exit.
 *
 *     udp-flood ADDRESS PACKET-BYTES SECONDS       (the packet: IPv4 and UDP headers, which are 28 bytes, and zeros)
 */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

enum { HEADERS = 28, AT_ONCE = 64, DISCARD_PORT = 9 };

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

int main(int count, char **words) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(DISCARD_PORT)};
  if (count != 4 || inet_aton(words[1], &to.sin_addr) == 0) {
    fprintf(stderr, "udp-flood ADDRESS PACKET-BYTES SECONDS\n");
    return 2;
  }
  static char payload[65536];
  struct iovec part = {payload, atoi(words[2]) - HEADERS};
  struct mmsghdr messages[AT_ONCE] = {0};
  for (int i = 0; i < AT_ONCE; i++) messages[i].msg_hdr = (struct msghdr){.msg_iov = &part, .msg_iovlen = 1};

  int file = socket(AF_INET, SOCK_DGRAM, 0);
  if (connect(file, (struct sockaddr *)&to, sizeof to) < 0) {
    perror(words[1]);
    return 1;
  }
  /* A destination that answers with an ICMP error makes one of the calls fail; the next one is fine. */
  for (double end = now() + atof(words[3]); now() < end;) sendmmsg(file, messages, AT_ONCE, 0);
  return 0;
}
