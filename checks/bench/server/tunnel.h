/* What the benchmark's server and client have in common: messages of the 4over6 protocol (docs/protocol.md#messages), and a TUN device. */

#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { HEADER = 5, LONGEST_PACKET = 4096, LONGEST_MESSAGE = HEADER + LONGEST_PACKET };
enum { IP_REQUEST = 100, IP_RESPONSE = 101, INTERNET_REQUEST = 102, INTERNET_RESPONSE = 103, HEARTBEAT = 104 };

static inline void die(const char *what) {
  perror(what);
  exit(1);
}

static inline void put_header(uint8_t *message, uint32_t length, uint8_t type) {
  message[0] = length;
  message[1] = length >> 8;
  message[2] = length >> 16;
  message[3] = length >> 24;
  message[4] = type;
}

static inline uint32_t length_of(const uint8_t *message) {
  return message[0] | message[1] << 8 | message[2] << 16 | (uint32_t)message[3] << 24;
}

static inline int is_ipv4(const uint8_t *packet, size_t length) {
  return length >= 20 && packet[0] >> 4 == 4 && (size_t)(packet[2] << 8 | packet[3]) == length;
}

/* A TUN file: one read is one packet, one write is one packet. */
static inline int open_tun(const char *name) {
  int tun = open("/dev/net/tun", O_RDWR | O_NONBLOCK);
  if (tun < 0) die("/dev/net/tun");
  struct ifreq request = {.ifr_flags = IFF_TUN | IFF_NO_PI};
  strncpy(request.ifr_name, name, IFNAMSIZ - 1);
  if (ioctl(tun, TUNSETIFF, &request) < 0) die(name);
  return tun;
}
